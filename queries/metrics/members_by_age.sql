-- metric: members_by_age
-- title:  党员年龄和性别
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: men, women, unknown, members
-- trace:  men = distinct person of roll where sex = '男'
-- trace:  women = distinct person of roll where sex = '女'
-- trace:  unknown = distinct person of roll where sex IS NULL
-- trace:  members = distinct person of roll
--
-- 期末党员名册上的党员按党内统计的年龄段计数，再分男、女；直管、在职、流动分开，预备党员也在内，同一人只算一次。年龄是期末最后一天的周岁。
-- 有身份证号的，性别和出生日期以身份证号为准。没有填性别的人在“性别未填”一列，不摊到男女；
-- 没有填出生日期、或者填的日期晚于期末的人列在“未填”一行。没有人的年龄段不列出。

WITH
roll AS (
    SELECT
        community,
        batch,
        row,
        person,
        kind,
        sex,
        age,
        CASE
            WHEN age <= 30 THEN '30岁及以下'
            WHEN age <= 35 THEN '31–35岁'
            WHEN age <= 40 THEN '36–40岁'
            WHEN age <= 45 THEN '41–45岁'
            WHEN age <= 50 THEN '46–50岁'
            WHEN age <= 55 THEN '51–55岁'
            WHEN age <= 60 THEN '56–60岁'
            WHEN age > 60 THEN '61岁及以上'
            ELSE '未填'
        END AS age_band
    FROM core.member
    WHERE period_end = $period_end
),
totals AS (
    SELECT
        community,
        kind,
        age_band,
        MIN(age) AS youngest,
        COUNT(DISTINCT person) FILTER (WHERE sex = '男') AS men,
        COUNT(DISTINCT person) FILTER (WHERE sex = '女') AS women,
        COUNT(DISTINCT person) FILTER (WHERE sex IS NULL) AS unknown,
        COUNT(DISTINCT person) AS members
    FROM roll
    GROUP BY community, kind, age_band
)
SELECT
    community,
    kind,
    age_band,
    CAST(men AS BIGINT) AS men,
    CAST(women AS BIGINT) AS women,
    CAST(unknown AS BIGINT) AS unknown,
    CAST(members AS BIGINT) AS members
FROM totals
ORDER BY community, CASE kind WHEN '直管' THEN 1 WHEN '在职' THEN 2 ELSE 3 END, youngest NULLS LAST
