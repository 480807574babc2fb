-- One row for each name with a Party group or a work unit (place) that is one
-- person's alone on a community's roll of members of a period; phones is how
-- often the roll gives one for that person.

WITH
lines AS (
    SELECT
        community,
        period_end,
        name,
        party_group,
        work_unit,
        person,
        COUNT(phone_key) OVER (PARTITION BY community, period_end, person) AS phones
    FROM core.member_line
),
places AS (
    SELECT community, period_end, name, party_group AS place, person, phones FROM lines WHERE party_group IS NOT NULL
    UNION ALL
    SELECT community, period_end, name, work_unit AS place, person, phones FROM lines WHERE work_unit IS NOT NULL
)
SELECT community, period_end, name, place, MIN(person) AS person, MAX(phones) AS phones
FROM places
GROUP BY community, period_end, name, place
HAVING MIN(person) = MAX(person)
