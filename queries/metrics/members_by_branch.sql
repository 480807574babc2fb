-- metric: members_by_branch
-- title:  支部、党小组和党员
-- grain:  part
-- unit:   persons
-- basis:  台账
-- persons: members
-- trace:  members = distinct person of roll
--
-- 三级管理的底数：期末党员名册上的直管党员，先按所在党支部、再按所属党小组计数，预备党员也在内，同一人只算一次。在职和流动党员不编入党小组，不计入。
-- 名册上没有填支部的列在“未填支部”，没有填党小组的列在“未编组”；各行之和等于直管党员总数。没有交名册的社区不列出。

WITH
roll AS (
    SELECT
        community,
        batch,
        row,
        person,
        COALESCE(branch, '未填支部') AS branch,
        COALESCE(party_group, '未编组') AS party_group
    FROM core.member
    WHERE period_end = $period_end AND kind = '直管'
),
totals AS (
    SELECT community, branch, party_group, COUNT(DISTINCT person) AS members
    FROM roll
    GROUP BY community, branch, party_group
)
SELECT
    community,
    branch,
    party_group,
    CAST(members AS BIGINT) AS members
FROM totals
ORDER BY
    community,
    CASE WHEN branch = '未填支部' THEN 1 ELSE 0 END,
    branch,
    CASE WHEN party_group = '未编组' THEN 1 ELSE 0 END,
    TRY_CAST(regexp_extract(party_group, '[0-9]+') AS BIGINT) NULLS LAST,
    strpos('一二三四五六七八九十', NULLIF(regexp_extract(party_group, '[一二三四五六七八九十]'), '')) NULLS LAST,
    party_group
