-- metric: member_months
-- title:  在册月数
-- grain:  member
-- unit:   months
-- basis:  台账
-- trace:  value = sum months of present
--
-- 期末在册的每一名党员本期在册几个月：按社区交来的名册算，四季都交了名册的，在册一季是 3 个月；有的季度没有交名册，就把全期的月数摊到交了的几季，不因为缺名册而少算。
-- 年内新转入的，评星时按这个月数折算。名册上没有身份证号、电话和出生日期的人，各季认不出是同一人，是没有记录，按全期在册对待。

WITH
rolls AS (
    SELECT community, COUNT(DISTINCT period_end) AS quarters
    FROM core.member
    WHERE period_start >= $period_start AND period_end > $period_start AND period_end <= $period_end
    GROUP BY community
),
present AS (
    SELECT
        member.community,
        member.person,
        member.batch,
        member.row,
        CAST(CAST(12 * (EXTRACT(YEAR FROM CAST($period_end AS DATE)) - EXTRACT(YEAR FROM CAST($period_start AS DATE)))
            + EXTRACT(MONTH FROM CAST($period_end AS DATE)) - EXTRACT(MONTH FROM CAST($period_start AS DATE)) AS DECIMAL(18, 4))
            / rolls.quarters AS DECIMAL(18, 2)) AS months
    FROM core.member AS member
    JOIN rolls ON rolls.community = member.community
    WHERE member.period_start >= $period_start AND member.period_end > $period_start AND member.period_end <= $period_end
      AND STRPOS(member.person, 'row:') <> 1
),
totals AS (
    SELECT community, person, SUM(months) AS months
    FROM present
    GROUP BY community, person
),
roll AS (
    SELECT community, person
    FROM core.member
    WHERE period_end = $period_end
)
SELECT
    roll.community,
    roll.person,
    CAST(totals.months AS DECIMAL(18, 2)) AS value
FROM roll
LEFT JOIN totals ON totals.community = roll.community AND totals.person = roll.person
ORDER BY roll.community, roll.person
