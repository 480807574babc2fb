-- metric: member_posts
-- title:  认领岗位数
-- grain:  member
-- unit:   posts
-- basis:  台账
--
-- 期末党员名册上每一名党员认领的公益岗位数，0 到 2 个。两栏填的是同一个岗位时算一个，没有填的记 0。

WITH
roll AS (
    SELECT community, person, post1, post2
    FROM core.member
    WHERE period_end = $period_end
)
SELECT
    community,
    person,
    CAST(CASE
        WHEN post1 IS NULL AND post2 IS NULL THEN 0
        WHEN post1 IS NULL OR post2 IS NULL OR post1 = post2 THEN 1
        ELSE 2
    END AS BIGINT) AS value
FROM roll
ORDER BY community, person
