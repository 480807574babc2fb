-- metric: in_service_cards
-- title:  在职党员反馈内容
-- grain:  member
-- unit:   persons
-- basis:  台账
--
-- 期末名册上的每一名在职党员一人一行，供按单位出社区表现反馈卡：工作单位、岗位、综合评价和社区党组织意见。
-- 工作单位以名册所填为准，名册没有填的取反馈卡上的。岗位依次取反馈卡、岗位认领表、名册所填；评价和意见取反馈卡，没有交过反馈卡的空着，由社区填写。
-- 反馈卡、认领表上一人有几行的取先写的一行；与别人同名又分不清的，在支部认定之前不列入。

WITH
roll AS (
    SELECT
        community,
        batch,
        row,
        person,
        name,
        work_unit,
        CASE WHEN post1 IS NOT NULL AND post2 IS NOT NULL THEN post1 || '、' || post2 ELSE COALESCE(post1, post2) END AS posts
    FROM core.member
    WHERE period_end = $period_end AND kind = '在职'
),
cards AS (
    SELECT
        community,
        member AS person,
        work_unit,
        post,
        overall,
        community_opinion,
        ROW_NUMBER() OVER (PARTITION BY community, member ORDER BY period_end DESC, batch, row) AS nth
    FROM core.feedback
    WHERE period_start >= $period_start AND period_end = $period_end AND member IS NOT NULL
),
claims AS (
    SELECT
        community,
        member AS person,
        CASE WHEN post1 IS NOT NULL AND post2 IS NOT NULL THEN post1 || '、' || post2 ELSE COALESCE(post1, post2) END AS posts,
        ROW_NUMBER() OVER (PARTITION BY community, member ORDER BY period_end DESC, batch, row) AS nth
    FROM core.claim
    WHERE period_start >= $period_start AND period_end = $period_end AND member IS NOT NULL
)
SELECT
    roll.community,
    roll.person,
    roll.name,
    COALESCE(roll.work_unit, cards.work_unit) AS work_unit,
    COALESCE(cards.post, claims.posts, roll.posts) AS posts,
    cards.overall,
    cards.community_opinion
FROM roll
LEFT JOIN cards ON cards.community = roll.community AND cards.person = roll.person AND cards.nth = 1
LEFT JOIN claims ON claims.community = roll.community AND claims.person = roll.person AND claims.nth = 1
ORDER BY roll.community, roll.batch, roll.row
