-- kept: by community and period
--
-- One row for each line that names a member: claims of posts, cards of
-- performance and of feedback, appraisals, and what was added, taken, vetoed or
-- exempted. kind says of which it is.
--
-- member is the person on the community's roll of the same period's end: by name
-- and phone, else by name and place, else as people decided of that name, phone
-- and place, else by name alone where one person only has the name. Where the
-- line's phone is none of those that the roll gives for the name, neither place
-- nor name tells. Where two could be meant it is null and waits for a person to
-- decide; where a decision told, member_decision names it.
--
-- place is the Party group and the work unit that the line writes. It tells two
-- of one name apart where just one of them has on the roll all that is written:
-- it is then the line's own word, surer than what was decided of a name. A place
-- that fits nobody is a spelling as likely as another person, and overrules no
-- name that one person only has.

WITH
written AS (
    SELECT 'claim' AS kind, batch, row, name, phone_key, party_group, work_unit FROM raw.claim
    UNION ALL
    SELECT 'performance' AS kind, batch, row, name, NULL AS phone_key, party_group, work_unit FROM raw.performance
    UNION ALL
    SELECT 'feedback' AS kind, batch, row, name, NULL AS phone_key, NULL AS party_group, work_unit FROM raw.feedback
    UNION ALL
    SELECT 'appraisal' AS kind, batch, row, name, NULL AS phone_key, party_group, work_unit FROM raw.appraisal
    UNION ALL
    SELECT 'conduct' AS kind, batch, row, name, NULL AS phone_key, party_group, NULL AS work_unit FROM raw.conduct
),
lines AS (
    SELECT
        live.community,
        live.period_start,
        live.period_end,
        written.kind,
        written.batch,
        written.row,
        written.name,
        written.phone_key,
        written.party_group,
        written.work_unit,
        COALESCE(written.party_group || '，' || written.work_unit, written.party_group, written.work_unit, '') AS place
    FROM written
    JOIN ops.live AS live ON live.batch = written.batch
),
namesakes AS (
    SELECT
        lines.community,
        lines.period_start,
        lines.period_end,
        lines.kind,
        lines.batch,
        lines.row,
        lines.name,
        lines.phone_key,
        lines.place,
        lines.phone_key IS NULL OR COUNT(roll.phone_key) = 0 AS phone_agrees,
        MIN(roll.person) FILTER (WHERE roll.phone_key = lines.phone_key) AS first_by_phone,
        MAX(roll.person) FILTER (WHERE roll.phone_key = lines.phone_key) AS last_by_phone,
        MIN(roll.person) FILTER (
            WHERE lines.place <> ''
              AND (lines.party_group IS NULL OR roll.party_group = lines.party_group)
              AND (lines.work_unit IS NULL OR roll.work_unit = lines.work_unit)
        ) AS first_by_place,
        MAX(roll.person) FILTER (
            WHERE lines.place <> ''
              AND (lines.party_group IS NULL OR roll.party_group = lines.party_group)
              AND (lines.work_unit IS NULL OR roll.work_unit = lines.work_unit)
        ) AS last_by_place,
        MIN(roll.person) AS first_by_name,
        MAX(roll.person) AS last_by_name
    FROM lines
    LEFT JOIN core.member_line AS roll
        ON roll.community = lines.community
        AND roll.period_end = lines.period_end
        AND roll.name = lines.name
    GROUP BY
        lines.community,
        lines.period_start,
        lines.period_end,
        lines.kind,
        lines.batch,
        lines.row,
        lines.name,
        lines.phone_key,
        lines.place
)
SELECT
    namesakes.community,
    namesakes.period_start,
    namesakes.period_end,
    namesakes.batch,
    namesakes.row,
    namesakes.kind,
    namesakes.name,
    namesakes.phone_key,
    namesakes.place,
    CASE
        WHEN first_by_phone = last_by_phone THEN first_by_phone
        WHEN phone_agrees AND first_by_place = last_by_place THEN first_by_place
        WHEN decided.decision IS NOT NULL THEN decided.person
        WHEN phone_agrees AND first_by_name = last_by_name THEN first_by_name
    END AS member,
    CASE
        WHEN first_by_phone = last_by_phone OR phone_agrees AND first_by_place = last_by_place THEN NULL
        ELSE decided.decision
    END AS member_decision
FROM namesakes
LEFT JOIN core.member_decided AS decided
    ON decided.community = namesakes.community
    AND decided.period_end = namesakes.period_end
    AND decided.name = namesakes.name
    AND decided.place = namesakes.place
    AND decided.phone_key IS NOT DISTINCT FROM namesakes.phone_key
