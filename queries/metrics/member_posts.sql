-- metric: member_posts
-- title:  认领岗位数
-- grain:  member
-- unit:   posts
-- basis:  台账
-- trace:  value = distinct post of posts
--
-- 期末党员名册上每一名党员认领的公益岗位数，0 到 2 个。两栏填的是同一个岗位时算一个，没有填的记 0。

WITH
roll AS (
    SELECT community, batch, row, person, post1, post2
    FROM core.member
    WHERE period_end = $period_end
),
posts AS (
    SELECT community, batch, row, person, post1 AS post FROM roll WHERE post1 IS NOT NULL
    UNION ALL
    SELECT community, batch, row, person, post2 AS post FROM roll WHERE post2 IS NOT NULL
)
SELECT
    roll.community,
    roll.person,
    CAST(COUNT(DISTINCT posts.post) AS BIGINT) AS value
FROM roll
LEFT JOIN posts ON posts.community = roll.community AND posts.person = roll.person
GROUP BY roll.community, roll.person
ORDER BY roll.community, roll.person
