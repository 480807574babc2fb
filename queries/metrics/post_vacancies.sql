-- metric: post_vacancies
-- title:  空缺岗位
-- grain:  part
-- unit:   places
-- basis:  台账
-- persons: claimants
-- trace:  places = sum places of register
-- trace:  claimants = distinct claimant of claimed
-- trace:  vacant = places - claimants
--
-- 期末公益岗位目录上每个岗位设多少人、多少人认领、还空缺多少；空缺是设岗人数减认领人数，负数就是认领的人比设岗的多。
-- 认领人数按党员名册和期末的岗位认领表逐人数出来，同一人算一个，认领表上认不出是谁的行一行算一人；目录上自己填的“认领人数”不用。
-- 没有填设岗人数的不算空缺。认领表没有交、名册上也没有一个人填岗位的社区，认领和空缺留空，而不是算零。

WITH
register AS (
    SELECT community, category, post, places, batch, row
    FROM core.post
    WHERE period_start >= $period_start AND period_end = $period_end
),
claimed AS (
    SELECT
        community,
        post,
        COALESCE(member, 'row:' || CAST(batch AS VARCHAR) || ':' || CAST(row AS VARCHAR)) AS claimant,
        batch,
        row
    FROM core.member_post
    WHERE period_start >= $period_start AND period_end = $period_end
),
recorded AS (
    SELECT community FROM claimed
    UNION
    SELECT community FROM core.batch WHERE kind = 'claim' AND period_start >= $period_start AND period_end = $period_end
),
place_totals AS (
    SELECT community, category, post, SUM(places) AS places
    FROM register
    GROUP BY community, category, post
),
claim_totals AS (
    SELECT community, post, COUNT(DISTINCT claimant) AS claimants
    FROM claimed
    GROUP BY community, post
),
totals AS (
    SELECT
        place_totals.community,
        place_totals.category,
        place_totals.post,
        place_totals.places,
        CASE WHEN recorded.community IS NOT NULL THEN COALESCE(claim_totals.claimants, 0) END AS claimants
    FROM place_totals
    LEFT JOIN claim_totals ON claim_totals.community = place_totals.community AND claim_totals.post = place_totals.post
    LEFT JOIN recorded ON recorded.community = place_totals.community
)
SELECT
    community,
    category,
    post,
    CAST(places AS BIGINT) AS places,
    CAST(claimants AS BIGINT) AS claimants,
    CAST(places - claimants AS BIGINT) AS vacant
FROM totals
ORDER BY community, category, post
