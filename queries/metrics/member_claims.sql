-- metric: member_claims
-- title:  认领的岗位
-- grain:  member
-- unit:   posts
-- basis:  台账
-- trace:  value = distinct post of posts
--
-- 期末在册的每一名党员认领的公益岗位数，取党员名册和期末的岗位认领表两处所填，同一个岗位只算一个，一格里写了几个岗位的分开算，可以超过 2 个。没有认领的记 0。
-- 认领表上与别人同名、又没有电话、党小组或单位可分清的，在支部认定之前不计入。
-- 认领表没有交、名册上也没有一个人填岗位的社区是没有记录，不是 0。

WITH
roll AS (
    SELECT community, person
    FROM core.member
    WHERE period_end = $period_end
),
posts AS (
    SELECT community, member AS person, batch, row, post
    FROM core.member_post
    WHERE period_start >= $period_start AND period_end = $period_end
),
recorded AS (
    SELECT community FROM posts
    UNION
    SELECT community FROM core.batch WHERE kind = 'claim' AND period_start >= $period_start AND period_end = $period_end
),
claimed AS (
    SELECT community, person, COUNT(DISTINCT post) AS posts
    FROM posts
    GROUP BY community, person
)
SELECT
    roll.community,
    roll.person,
    CASE WHEN recorded.community IS NOT NULL THEN CAST(COALESCE(claimed.posts, 0) AS BIGINT) END AS value
FROM roll
LEFT JOIN claimed ON claimed.community = roll.community AND claimed.person = roll.person
LEFT JOIN recorded ON recorded.community = roll.community
ORDER BY roll.community, roll.person
