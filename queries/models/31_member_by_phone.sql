-- One row for each name with a phone that is one person's alone on a community's
-- roll of members of a period.

SELECT community, period_end, name, phone_key, MIN(person) AS person
FROM core.member_line
WHERE phone_key IS NOT NULL
GROUP BY community, period_end, name, phone_key
HAVING MIN(person) = MAX(person)
