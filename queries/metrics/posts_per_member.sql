-- metric: posts_per_member
-- title:  党员认领岗位情况
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: members
-- trace:  members = distinct person of counted
--
-- 期末在册党员按认领的公益岗位数分成未认领、1至2个、3个以上三段计数，直管、在职、流动分开；每名在职党员应认领 1 至 2 个。
-- 岗位取党员名册和期末的岗位认领表两处所填，同一个岗位只算一个，一格里写了几个岗位的分开算。认领表上同名又分不清的，在支部认定之前不算到人。
-- 认领表没有交、名册上也没有一个人填岗位的社区是没有记录，不列出，而不是都算未认领。

WITH
posts AS (
    SELECT community, member AS person, post
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
),
counted AS (
    SELECT
        roll.community,
        roll.batch,
        roll.row,
        roll.person,
        roll.kind,
        CASE
            WHEN claimed.posts > 2 THEN '3个以上'
            WHEN claimed.posts > 0 THEN '1至2个'
            ELSE '未认领'
        END AS posts
    FROM core.member AS roll
    JOIN recorded ON recorded.community = roll.community
    LEFT JOIN claimed ON claimed.community = roll.community AND claimed.person = roll.person
    WHERE roll.period_end = $period_end
)
SELECT
    community,
    kind,
    posts,
    CAST(COUNT(DISTINCT person) AS BIGINT) AS members
FROM counted
GROUP BY community, kind, posts
ORDER BY
    community,
    CASE kind WHEN '直管' THEN 1 WHEN '在职' THEN 2 ELSE 3 END,
    CASE posts WHEN '未认领' THEN 1 WHEN '1至2个' THEN 2 ELSE 3 END
