-- kept: by community and period
--
-- One row for each line of a sign-in sheet (活动签到), with the member and the
-- volunteer that it names; core.signature says how a member is found.
--
-- volunteer is the person on the community's roll of the same period: by name
-- and phone, else as people decided of that name and phone, else by name alone
-- where one person only has the name and no other phone of theirs is known,
-- first within the team that the line names. Where two could be meant it is null
-- and waits for a person to decide. Where a decision told, volunteer_decision
-- names it.
--
-- A decision was made among the people seen then. It holds in a later period
-- while the one decided on is on the roll, the line's phone is not another than
-- theirs, and nobody of the name is on the roll who was not seen.
--
-- The roll is folded to one row per key before it is joined: a line stays one.
--
-- Ask with a bound on period_end from below too: it holds for the rolls as well,
-- and those of other periods are not read.

WITH
volunteers AS (
    SELECT
        community,
        period_end,
        team,
        name,
        phone_key,
        person,
        COUNT(phone_key) OVER (PARTITION BY community, period_end, person) AS phones
    FROM core.volunteer
),
volunteers_by_phone AS (
    SELECT community, period_end, name, phone_key, MIN(person) AS person
    FROM volunteers
    GROUP BY community, period_end, name, phone_key
    HAVING MIN(person) = MAX(person)
),
volunteers_by_team AS (
    SELECT community, period_end, team, name, MIN(person) AS person, MAX(phones) AS phones
    FROM volunteers
    GROUP BY community, period_end, team, name
    HAVING MIN(person) = MAX(person)
),
volunteers_by_name AS (
    SELECT community, period_end, name, MIN(person) AS person, COUNT(phone_key) AS phones
    FROM volunteers
    GROUP BY community, period_end, name
    HAVING MIN(person) = MAX(person)
),
volunteers_decided AS (
    SELECT decided.community, volunteers.period_end, decided.team, decided.name, decided.phone_key, decided.decision, decided.person
    FROM ops.person_decided AS decided
    JOIN volunteers ON volunteers.community = decided.community AND volunteers.name = decided.name
    LEFT JOIN ops.person_seen AS seen ON seen.decision = decided.decision AND seen.person = volunteers.person
    WHERE decided.role = 'volunteer' AND volunteers.period_end >= decided.first_end AND volunteers.period_end < decided.next_end
    GROUP BY decided.community, volunteers.period_end, decided.team, decided.name, decided.phone_key, decided.decision, decided.person
    HAVING COUNT(seen.person) = COUNT(*)
        AND (decided.person IS NULL
             OR COUNT(*) FILTER (WHERE volunteers.person = decided.person) > 0)
        AND (decided.person IS NULL OR decided.phone_key IS NULL
             OR COUNT(volunteers.phone_key) FILTER (WHERE volunteers.person = decided.person) = 0
             OR COUNT(*) FILTER (WHERE volunteers.person = decided.person AND volunteers.phone_key = decided.phone_key) > 0)
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
    lines.member,
    CASE
        WHEN volunteers_by_phone.person IS NOT NULL THEN volunteers_by_phone.person
        WHEN volunteers_decided.decision IS NOT NULL THEN volunteers_decided.person
        WHEN volunteers_by_team.person IS NOT NULL AND (lines.phone_key IS NULL OR volunteers_by_team.phones = 0)
            THEN volunteers_by_team.person
        WHEN lines.phone_key IS NULL OR volunteers_by_name.phones = 0 THEN volunteers_by_name.person
    END AS volunteer,
    lines.member_decision,
    CASE WHEN volunteers_by_phone.person IS NULL THEN volunteers_decided.decision END AS volunteer_decision,
    lines.status,
    lines.hours
FROM core.signature AS lines
LEFT JOIN volunteers_by_phone
    ON volunteers_by_phone.community = lines.community
    AND volunteers_by_phone.period_end = lines.period_end
    AND volunteers_by_phone.name = lines.name
    AND volunteers_by_phone.phone_key = lines.phone_key
LEFT JOIN volunteers_by_team
    ON volunteers_by_team.community = lines.community
    AND volunteers_by_team.period_end = lines.period_end
    AND volunteers_by_team.team = lines.team
    AND volunteers_by_team.name = lines.name
LEFT JOIN volunteers_by_name
    ON volunteers_by_name.community = lines.community
    AND volunteers_by_name.period_end = lines.period_end
    AND volunteers_by_name.name = lines.name
LEFT JOIN volunteers_decided
    ON volunteers_decided.community = lines.community
    AND volunteers_decided.period_end = lines.period_end
    AND volunteers_decided.team = lines.team
    AND volunteers_decided.name = lines.name
    AND volunteers_decided.phone_key IS NOT DISTINCT FROM lines.phone_key
