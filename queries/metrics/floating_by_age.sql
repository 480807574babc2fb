-- metric: floating_by_age
-- title:  流动人口年龄和性别
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: men, women, unknown, persons
-- trace:  men = count of present where sex = '男'
-- trace:  women = count of present where sex = '女'
-- trace:  unknown = count of present where sex IS NULL
-- trace:  persons = count of present
--
-- 期末在册的流动人口按学龄前（0–6岁）、学龄（7–15岁）、青年（16–34岁）、中年（35–59岁）、老年（60–79岁）、高龄（80岁及以上）分段，再分男、女，一行算一人。
-- 年龄是期末最后一天的周岁；有身份证号的，性别和出生日期以身份证号为准。没有填性别的人在“性别未填”一列，不摊到男女；
-- 没有填出生日期、或者填的日期晚于期末的人列在“未填”一行。本期已经搬走的人不算；没有人的年龄段不列出。

WITH
present AS (
    SELECT
        community,
        CASE
            WHEN age < 7 THEN '0–6岁'
            WHEN age < 16 THEN '7–15岁'
            WHEN age < 35 THEN '16–34岁'
            WHEN age < 60 THEN '35–59岁'
            WHEN age < 80 THEN '60–79岁'
            WHEN age >= 80 THEN '80岁及以上'
            ELSE '未填'
        END AS age_band,
        age,
        sex,
        batch,
        row
    FROM core.resident
    WHERE period_end = $period_end AND present AND kind = '流动'
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
