-- metric: members_by_tenure
-- title:  党员党龄
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: members
-- trace:  members = distinct person of roll
--
-- 期末党员名册上的党员按党龄分段计数；直管、在职、流动分开，预备党员也在内，同一人只算一次。
-- 党龄从名册上的入党时间算到期末最后一天，满一年算一年；只填到年月的，按当月 1 日算。没有填入党时间、或者填的晚于期末的人列在“未填”一行。没有人的一段不列出。

WITH
roll AS (
    SELECT
        community,
        batch,
        row,
        person,
        kind,
        party_years,
        CASE
            WHEN party_years < 5 THEN '不满5年'
            WHEN party_years < 10 THEN '5–9年'
            WHEN party_years < 20 THEN '10–19年'
            WHEN party_years < 30 THEN '20–29年'
            WHEN party_years < 40 THEN '30–39年'
            WHEN party_years < 50 THEN '40–49年'
            WHEN party_years >= 50 THEN '50年及以上'
            ELSE '未填'
        END AS tenure
    FROM core.member
    WHERE period_end = $period_end
),
totals AS (
    SELECT community, kind, tenure, MIN(party_years) AS shortest, COUNT(DISTINCT person) AS members
    FROM roll
    GROUP BY community, kind, tenure
)
SELECT
    community,
    kind,
    tenure,
    CAST(members AS BIGINT) AS members
FROM totals
ORDER BY community, CASE kind WHEN '直管' THEN 1 WHEN '在职' THEN 2 ELSE 3 END, shortest NULLS LAST
