-- metric: member_vetoed
-- title:  一票否决
-- grain:  member
-- unit:   persons
-- basis:  台账
-- trace:  value = distinct person of records
--
-- 期末在册的每一名党员本期有没有被一票否决：加扣分台账上有一票否决一行、并且写了证明材料的记 1，没有的记 0；几行也只记 1。一票否决只由人认定登记，从不由数据推出，原来的得分照旧保留。
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
      AND kind = '一票否决' AND evidence IS NOT NULL
),
vetoed AS (
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
    CASE WHEN registers.community IS NOT NULL THEN CAST(CASE WHEN vetoed.person IS NOT NULL THEN 1 ELSE 0 END AS BIGINT) END AS value
FROM roll
LEFT JOIN vetoed ON vetoed.community = roll.community AND vetoed.person = roll.person
LEFT JOIN registers ON registers.community = roll.community
ORDER BY roll.community, roll.person
