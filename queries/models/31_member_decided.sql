-- One row for each name that people decided on, in each period in which the
-- decision holds: whom a line means that writes the name with this phone and this
-- place (the Party group and the work unit, '' without them and on sign-in sheets).
--
-- A decision was made among the people seen then. It holds in a later period
-- while the one decided on is on the roll, the line's phone is not another than
-- theirs, and nobody of the name is on the roll who was not seen.

SELECT
    decided.community,
    line.period_end,
    decided.name,
    decided.phone_key,
    COALESCE(decided.team, '') AS place,
    decided.decision,
    decided.person
FROM ops.person_decided AS decided
JOIN core.member_line AS line ON line.community = decided.community AND line.name = decided.name
LEFT JOIN ops.person_seen AS seen ON seen.decision = decided.decision AND seen.person = line.person
WHERE decided.role = 'member' AND line.period_end >= decided.first_end AND line.period_end < decided.next_end
GROUP BY decided.community, line.period_end, decided.name, decided.phone_key, decided.team, decided.decision, decided.person
HAVING COUNT(seen.person) = COUNT(*)
    AND (decided.person IS NULL
         OR COUNT(*) FILTER (WHERE line.person = decided.person) > 0)
    AND (decided.person IS NULL OR decided.phone_key IS NULL
         OR COUNT(line.phone_key) FILTER (WHERE line.person = decided.person) = 0
         OR COUNT(*) FILTER (WHERE line.person = decided.person AND line.phone_key = decided.phone_key) > 0)
