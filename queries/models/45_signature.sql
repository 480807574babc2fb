-- One row for each line of a sign-in sheet (活动签到), with the member that it
-- names. A line names a person by name, sometimes with a phone; a line without a
-- status was signed.
--
-- member is the person on the community's roll of the same period: by name and
-- phone, else as people decided of that name and phone, else by name alone where
-- one person only has the name and no other phone of theirs is known. Where two
-- could be meant it is null and waits for a person to decide. Where a decision
-- told, member_decision names it. phone_key is for matching only.
--
-- The roll is folded to one row per key before it is joined: a line stays one.
--
-- Ask with a bound on period_end from below too: it holds for the roll as well,
-- and those of other periods are not read.

WITH
members AS (
    SELECT community, period_end, name, phone_key, person
    FROM core.member_line
),
members_by_phone AS (
    SELECT community, period_end, name, phone_key, MIN(person) AS person
    FROM members
    GROUP BY community, period_end, name, phone_key
    HAVING MIN(person) = MAX(person)
),
members_by_name AS (
    SELECT community, period_end, name, MIN(person) AS person, COUNT(phone_key) AS phones
    FROM members
    GROUP BY community, period_end, name
    HAVING MIN(person) = MAX(person)
),
lines AS (
    SELECT
        live.community,
        live.period_start,
        live.period_end,
        line.batch,
        line.row,
        line.day,
        line.activity,
        line.activity_kind,
        line.place,
        line.team,
        line.name,
        line.phone_key,
        COALESCE(line.status, '出席') AS status,
        line.hours
    FROM raw.attendance AS line
    JOIN ops.live AS live ON live.batch = line.batch
)
SELECT
    lines.community,
    lines.period_start,
    lines.period_end,
    lines.batch,
    lines.row,
    lines.day,
    lines.activity,
    lines.activity_kind,
    lines.place,
    lines.team,
    lines.name,
    lines.phone_key,
    CASE
        WHEN members_by_phone.person IS NOT NULL THEN members_by_phone.person
        WHEN decided.decision IS NOT NULL THEN decided.person
        WHEN lines.phone_key IS NULL OR members_by_name.phones = 0 THEN members_by_name.person
    END AS member,
    CASE WHEN members_by_phone.person IS NULL THEN decided.decision END AS member_decision,
    lines.status,
    CAST(lines.hours AS DECIMAL(18, 2)) AS hours
FROM lines
LEFT JOIN members_by_phone
    ON members_by_phone.community = lines.community
    AND members_by_phone.period_end = lines.period_end
    AND members_by_phone.name = lines.name
    AND members_by_phone.phone_key = lines.phone_key
LEFT JOIN members_by_name
    ON members_by_name.community = lines.community
    AND members_by_name.period_end = lines.period_end
    AND members_by_name.name = lines.name
LEFT JOIN core.member_decided AS decided
    ON decided.community = lines.community
    AND decided.period_end = lines.period_end
    AND decided.name = lines.name
    AND decided.place = ''
    AND decided.phone_key IS NOT DISTINCT FROM lines.phone_key
