-- metric: member_conduct_deduction
-- title:  扣分
-- grain:  member
-- unit:   points
-- basis:  台账
-- trace:  value = sum points of records
--
-- 期末在册的每一名党员本期加扣分台账上扣分的分值之和，是正数，台账上写 2 和写 -2 都是扣 2 分；全年是各季之和。没有填分值的不计，请先核对台账。没有扣分的记 0。
-- 台账上与别人同名、又没有党小组可分清的，在支部认定之前不计入。没有交过加扣分台账的社区是没有记录，不是 0。

WITH
roll AS (
    SELECT community, person
    FROM core.member
    WHERE period_end = $period_end
),
records AS (
    SELECT community, member AS person, batch, row, points
    FROM core.conduct
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
      AND kind = '扣分' AND points > 0
),
totals AS (
    SELECT community, person, SUM(points) AS points
    FROM records
    GROUP BY community, person
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
    CASE WHEN registers.community IS NOT NULL THEN CAST(COALESCE(totals.points, 0) AS DECIMAL(18, 2)) END AS value
FROM roll
LEFT JOIN totals ON totals.community = roll.community AND totals.person = roll.person
LEFT JOIN registers ON registers.community = roll.community
ORDER BY roll.community, roll.person
