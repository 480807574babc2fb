-- metric: member_dues
-- title:  交纳党费月数
-- grain:  member
-- unit:   months
-- basis:  台账
-- trace:  value = sum dues of roll
--
-- 期末党员名册上每一名党员所填的党费交纳月数，取本期最后一份名册，不把各季名册相加。没有填的是没有记录，不是 0；确已交纳的请补填名册。

WITH
roll AS (
    SELECT community, batch, row, person, dues
    FROM core.member
    WHERE period_end = $period_end
)
SELECT
    community,
    person,
    CAST(dues AS BIGINT) AS value
FROM roll
ORDER BY community, person
