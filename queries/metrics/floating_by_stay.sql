-- metric: floating_by_stay
-- title:  流动人口居住时间
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: persons
-- trace:  persons = count of present
--
-- 期末在册的流动人口按居住时间分组计数，一人一行。居住时间从登记表所填的流入日期算到期末最后一天，满整月才算一个月：
-- 7 月 1 日流入的人到 12 月 31 日满五个月，算不满半年。每组含前一个数、不含后一个数，满 1 年的在“1至3年”。
-- 没有填流入日期、或者填的日期晚于期末的人列在“未填”一行，不摊到别的组。本期已经搬走的人不算；没有人的组不列出。

WITH
present AS (
    SELECT
        community,
        CASE
            WHEN stay_months < 6 THEN '不满半年'
            WHEN stay_months < 12 THEN '半年至1年'
            WHEN stay_months < 36 THEN '1至3年'
            WHEN stay_months < 60 THEN '3至5年'
            WHEN stay_months >= 60 THEN '5年及以上'
            ELSE '未填'
        END AS stay,
        stay_months,
        batch,
        row
    FROM core.resident
    WHERE period_end = $period_end AND present AND kind = '流动'
),
totals AS (
    SELECT community, stay, MIN(stay_months) AS shortest, COUNT(*) AS persons
    FROM present
    GROUP BY community, stay
)
SELECT
    community,
    stay,
    CAST(persons AS BIGINT) AS persons
FROM totals
ORDER BY community, shortest NULLS LAST
