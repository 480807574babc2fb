-- One row for each name that is one person's alone on a community's roll of
-- members of a period; phones is how often the roll gives one for that person.

SELECT community, period_end, name, MIN(person) AS person, COUNT(phone_key) AS phones
FROM core.member_line
GROUP BY community, period_end, name
HAVING MIN(person) = MAX(person)
