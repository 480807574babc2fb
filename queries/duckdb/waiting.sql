-- What waits for a person, a row for each sheet it stands in and each line of
-- the roll that could be meant.
WITH
rolls AS (
    SELECT 'member' AS role, line.community, line.period_start, line.period_end, line.batch, line."row", line.name, line.person,
           COALESCE(line.party_group, line.kind) || COALESCE('，' || line.work_unit, '') AS place, line.birth, line.phone_key, written.phone_mask
    FROM core.member_line AS line JOIN raw.member AS written ON written.batch = line.batch AND written."row" = line."row"
    UNION ALL
    SELECT 'volunteer', line.community, line.period_start, line.period_end, line.batch, line."row", line.name, line.person,
           line.team, line.birth, line.phone_key, written.phone_mask
    FROM core.volunteer AS line JOIN raw.volunteer AS written ON written.batch = line.batch AND written."row" = line."row"
),
signed AS MATERIALIZED (
    SELECT line.*, written.phone_key, written.phone_mask
    FROM core.attendance AS line JOIN raw.attendance AS written ON written.batch = line.batch AND written."row" = line."row"
),
named AS (
    SELECT line.*, claim.phone_mask
    FROM core.member_named AS line LEFT JOIN raw.claim AS claim ON line.kind = 'claim' AND claim.batch = line.batch AND claim."row" = line."row"
    WHERE line.member IS NULL AND line.member_decision IS NULL
),
-- Names that stand on a roll for several people who may be one: not all gave an
-- ID number, nor were all born in years apart. Nobody asks again about those
-- already looked at.
twins AS (
    SELECT role, community, period_end, name
    FROM rolls
    GROUP BY ALL
    HAVING COUNT(DISTINCT person) > 1 AND COUNT(DISTINCT person) FILTER (WHERE person NOT LIKE 'id:%') > 0
       AND (COUNT(birth) < COUNT(*) OR COUNT(DISTINCT EXTRACT(year FROM birth)) < COUNT(DISTINCT person))
),
looked_at AS (
    SELECT rolls.role, rolls.community, rolls.period_end, rolls.name
    FROM rolls
    JOIN ops.person_decided AS decided ON decided.role = rolls.role || '_roll' AND decided.community = rolls.community AND decided.name = rolls.name
     AND rolls.period_end >= decided.first_end AND rolls.period_end < decided.next_end
    LEFT JOIN ops.person_seen AS seen ON seen.decision = decided.decision AND seen.person = rolls.person
    GROUP BY ALL
    HAVING COUNT(seen.person) = COUNT(*)
),
waiting AS (
    SELECT 'member' AS role, 'member' AS roll, community, period_start, period_end, batch, '' AS team, name, phone_key, phone_mask
    FROM signed WHERE member IS NULL AND member_decision IS NULL
    UNION ALL
    SELECT 'member', 'member', community, period_start, period_end, batch, place, name, phone_key, phone_mask
    FROM named
    UNION ALL
    SELECT 'volunteer', 'volunteer', community, period_start, period_end, batch, team, name, phone_key, phone_mask
    FROM signed WHERE volunteer IS NULL AND volunteer_decision IS NULL AND team IS NOT NULL
    UNION ALL
    SELECT role || '_roll', role, community, period_start, period_end, batch, '', name, NULL, NULL
    FROM rolls
    WHERE (role, community, period_end, name) IN (SELECT (role, community, period_end, name) FROM twins)
      AND (role, community, period_end, name) NOT IN (SELECT (role, community, period_end, name) FROM looked_at)
),
counted AS (
    SELECT waiting.* EXCLUDE (batch), live.file, live.sheet, COUNT(*) AS lines
    FROM waiting JOIN ops.live AS live ON live.batch = waiting.batch
    WHERE waiting.period_start >= $from AND waiting.period_end <= $to AND (waiting.community = $community OR $community = '')
    GROUP BY ALL
)
SELECT counted.role, counted.community, counted.period_start, counted.period_end, counted.team, counted.name,
       COALESCE(CAST(counted.phone_key AS VARCHAR), ''), COALESCE(counted.phone_mask, ''), counted.file, counted.sheet, counted.lines,
       rolls.person, COALESCE(rolls.place, ''), COALESCE(CAST(rolls.phone_key AS VARCHAR), ''), COALESCE(rolls.phone_mask, ''),
       COALESCE(EXTRACT(year FROM rolls.birth), 0)
FROM counted
JOIN rolls ON rolls.role = counted.roll AND rolls.community = counted.community AND rolls.period_end = counted.period_end AND rolls.name = counted.name
ORDER BY counted.community, counted.period_end, counted.period_start, counted.role, counted.team, counted.name, counted.phone_key NULLS FIRST,
         counted.file, counted.sheet, rolls.batch, rolls."row"
