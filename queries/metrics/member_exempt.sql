-- metric: member_exempt
-- title:  免评
-- grain:  member
-- unit:   persons
-- basis:  台账
-- trace:  value = distinct person of records
--
-- 期末在册的每一名党员本期有没有免评：加扣分台账上有免评一行、并且写了理由和决定日期的记 1，没有的记 0；几行也只记 1。免评由党员大会决定，免评不是 0 分；它算不算进名额的基数，由评星办法规定。
-- 台账上与别人同名、又没有党小组可分清的，在支部认定之前不计入。没有交过加扣分台账的社区是没有记录，不是 0。

WITH
roll AS (
    SELECT community, person
    FROM core.member
    WHERE period_end = $period_end
),
records AS (
    SELECT community, member AS person, batch, row
    FROM core.conduct
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND kind = '免评' AND reason IS NOT NULL AND decided_on IS NOT NULL
),
exempted AS (
    SELECT DISTINCT community, person
    FROM records
),
registers AS (
    SELECT DISTINCT community
    FROM core.batch
    WHERE kind = 'conduct'
      AND period_start >= $period_start AND period_end <= $period_end
)
SELECT
    roll.community,
    roll.person,
    CASE WHEN registers.community IS NOT NULL THEN CAST(CASE WHEN exempted.person IS NOT NULL THEN 1 ELSE 0 END AS BIGINT) END AS value
FROM roll
LEFT JOIN exempted ON exempted.community = roll.community AND exempted.person = roll.person
LEFT JOIN registers ON registers.community = roll.community
ORDER BY roll.community, roll.person
