-- metric: residents_by_age
-- title:  居民年龄和性别
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: men, women, unknown, persons
-- trace:  men = count of present where sex = '男'
-- trace:  women = count of present where sex = '女'
-- trace:  unknown = count of present where sex IS NULL
-- trace:  persons = count of present
--
-- 期末在册的居民（户籍和流动都在内）按五岁一组分年龄段，再分男、女，一行算一人；85 岁及以上合为一组。年龄是期末最后一天的周岁。
-- 有身份证号的，性别和出生日期以身份证号为准。没有填性别的人在“性别未填”一列，不摊到男女；
-- 没有填出生日期、或者填的日期晚于期末的人列在“未填”一行。本期已经搬走的人不算；没有人的年龄段不列出。

WITH
present AS (
    SELECT
        community,
        CASE
            WHEN age < 5 THEN '0–4岁'
            WHEN age < 10 THEN '5–9岁'
            WHEN age < 15 THEN '10–14岁'
            WHEN age < 20 THEN '15–19岁'
            WHEN age < 25 THEN '20–24岁'
            WHEN age < 30 THEN '25–29岁'
            WHEN age < 35 THEN '30–34岁'
            WHEN age < 40 THEN '35–39岁'
            WHEN age < 45 THEN '40–44岁'
            WHEN age < 50 THEN '45–49岁'
            WHEN age < 55 THEN '50–54岁'
            WHEN age < 60 THEN '55–59岁'
            WHEN age < 65 THEN '60–64岁'
            WHEN age < 70 THEN '65–69岁'
            WHEN age < 75 THEN '70–74岁'
            WHEN age < 80 THEN '75–79岁'
            WHEN age < 85 THEN '80–84岁'
            WHEN age >= 85 THEN '85岁及以上'
            ELSE '未填'
        END AS age_band,
        age,
        sex,
        batch,
        row
    FROM core.resident
    WHERE period_end = $period_end AND present
),
totals AS (
    SELECT
        community,
        age_band,
        MIN(age) AS youngest,
        COUNT(*) FILTER (WHERE sex = '男') AS men,
        COUNT(*) FILTER (WHERE sex = '女') AS women,
        COUNT(*) FILTER (WHERE sex IS NULL) AS unknown,
        COUNT(*) AS persons
    FROM present
    GROUP BY community, age_band
)
SELECT
    community,
    age_band,
    CAST(men AS BIGINT) AS men,
    CAST(women AS BIGINT) AS women,
    CAST(unknown AS BIGINT) AS unknown,
    CAST(persons AS BIGINT) AS persons
FROM totals
ORDER BY community, youngest NULLS LAST
