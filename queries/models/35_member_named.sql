-- One row for each line that names a member: claims of posts, cards of
-- performance and of feedback, appraisals, and what was added, taken, vetoed or
-- exempted. kind says of which it is.
--
-- member is the person on the community's roll of the same period's end: by name
-- and phone, else by name and place, else as people decided of that name, phone
-- and place, else by name alone where one person only has the name; never one
-- whose known phones are others than the line's. Where two could be meant it is
-- null and waits for a person to decide; where a decision told, member_decision
-- names it.
--
-- place is the Party group that the line writes, else the work unit. Both tell
-- two of one name apart where just one of them has it on the roll, and the other
-- does not contradict: it is then the line's own word, surer than what was
-- decided of a bare name. A place that fits nobody is a spelling as likely as
-- another person, and overrules no name that one person only has.

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
        COALESCE(written.party_group, written.work_unit, '') AS place
    FROM written
    JOIN ops.live AS live ON live.batch = written.batch
),
matched AS (
    SELECT
        lines.*,
        by_phone.person AS person_by_phone,
        CASE
            WHEN by_group.person <> by_unit.person THEN NULL
            WHEN lines.phone_key IS NULL OR COALESCE(by_group.phones, by_unit.phones) = 0 THEN COALESCE(by_group.person, by_unit.person)
        END AS person_by_place,
        decided.decision,
        decided.person AS person_decided,
        CASE WHEN lines.phone_key IS NULL OR by_name.phones = 0 THEN by_name.person END AS person_by_name
    FROM lines
    LEFT JOIN core.member_by_phone AS by_phone
        ON by_phone.community = lines.community
        AND by_phone.period_end = lines.period_end
        AND by_phone.name = lines.name
        AND by_phone.phone_key = lines.phone_key
    LEFT JOIN core.member_by_place AS by_group
        ON by_group.community = lines.community
        AND by_group.period_end = lines.period_end
        AND by_group.name = lines.name
        AND by_group.place = lines.party_group
    LEFT JOIN core.member_by_place AS by_unit
        ON by_unit.community = lines.community
        AND by_unit.period_end = lines.period_end
        AND by_unit.name = lines.name
        AND by_unit.place = lines.work_unit
    LEFT JOIN core.member_decided AS decided
        ON decided.community = lines.community
        AND decided.period_end = lines.period_end
        AND decided.name = lines.name
        AND decided.place = lines.place
        AND decided.phone_key IS NOT DISTINCT FROM lines.phone_key
    LEFT JOIN core.member_by_name AS by_name
        ON by_name.community = lines.community
        AND by_name.period_end = lines.period_end
        AND by_name.name = lines.name
)
SELECT
    community,
    period_start,
    period_end,
    batch,
    row,
    kind,
    name,
    phone_key,
    place,
    CASE
        WHEN person_by_phone IS NOT NULL THEN person_by_phone
        WHEN person_by_place IS NOT NULL THEN person_by_place
        WHEN decision IS NOT NULL THEN person_decided
        ELSE person_by_name
    END AS member,
    CASE WHEN person_by_phone IS NULL AND person_by_place IS NULL THEN decision END AS member_decision
FROM matched
