-- metric: claims_by_category
-- title:  各类岗位认领
-- grain:  part
-- unit:   claims
-- basis:  台账
-- persons: claimants
-- trace:  posts = distinct post of register
-- trace:  claims = distinct claimant, post of claimed
-- trace:  claimants = distinct claimant of claimed
--
-- 期末公益岗位目录上每一类有几个岗位，有多少人次、多少人认领。认领取党员名册和期末的岗位认领表两处所填：一个人认领一个岗位算一人次，两处都填了的算一次；
-- 认领了几个岗位的人，在每一类里算一人。认领表上认不出是谁的行，一行算一人。
-- 目录上没有的岗位列在“未列入目录”，没有交目录的社区都在这一行。认领表没有交、名册上也没有一个人填岗位的社区，认领一栏留空，而不是算零。

WITH
register AS (
    SELECT community, category, post, batch, row
    FROM core.post
    WHERE period_start >= $period_start AND period_end = $period_end
),
categories AS (
    SELECT DISTINCT community, category, post
    FROM register
),
claimed AS (
    SELECT
        line.community,
        COALESCE(categories.category, '未列入目录') AS category,
        line.post,
        COALESCE(line.member, 'row:' || CAST(line.batch AS VARCHAR) || ':' || CAST(line.row AS VARCHAR)) AS claimant,
        line.batch,
        line.row
    FROM core.member_post AS line
    LEFT JOIN categories ON categories.community = line.community AND categories.post = line.post
    WHERE line.period_start >= $period_start AND line.period_end = $period_end
),
pairs AS (
    SELECT DISTINCT community, category, claimant, post
    FROM claimed
),
recorded AS (
    SELECT community FROM claimed
    UNION
    SELECT community FROM core.batch WHERE kind = 'claim' AND period_start >= $period_start AND period_end = $period_end
),
post_totals AS (
    SELECT community, category, COUNT(*) AS posts
    FROM categories
    GROUP BY community, category
),
claim_totals AS (
    SELECT community, category, COUNT(*) AS claims, COUNT(DISTINCT claimant) AS claimants
    FROM pairs
    GROUP BY community, category
),
shown AS (
    SELECT community, category FROM post_totals
    UNION
    SELECT community, category FROM claim_totals
)
SELECT
    shown.community,
    shown.category,
    CAST(post_totals.posts AS BIGINT) AS posts,
    CASE WHEN recorded.community IS NOT NULL THEN CAST(COALESCE(claim_totals.claims, 0) AS BIGINT) END AS claims,
    CASE WHEN recorded.community IS NOT NULL THEN CAST(COALESCE(claim_totals.claimants, 0) AS BIGINT) END AS claimants
FROM shown
LEFT JOIN post_totals ON post_totals.community = shown.community AND post_totals.category = shown.category
LEFT JOIN claim_totals ON claim_totals.community = shown.community AND claim_totals.category = shown.category
LEFT JOIN recorded ON recorded.community = shown.community
ORDER BY shown.community, CASE WHEN shown.category = '未列入目录' THEN 1 ELSE 0 END, shown.category
