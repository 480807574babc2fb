-- One row for each post that a line of a community's roll of members or of its
-- claims of posts names: a member may have the same post from both. kind says
-- which of the two it is. A cell that names several posts gives several, a line
-- twelve at most.

WITH
cells AS (
    SELECT
        community,
        period_start,
        period_end,
        batch,
        row,
        'member' AS kind,
        person AS member,
        COALESCE(post1, '') || '、' || COALESCE(post2, '') AS posts
    FROM core.member
    WHERE post1 IS NOT NULL OR post2 IS NOT NULL
    UNION ALL
    SELECT
        community,
        period_start,
        period_end,
        batch,
        row,
        'claim' AS kind,
        member,
        COALESCE(post1, '') || '、' || COALESCE(post2, '') || '、' || COALESCE(post3, '') AS posts
    FROM core.claim
),
lists AS (
    SELECT
        cells.*,
        TRANSLATE(posts, '，,；;/ ', '、、、、、、') AS list
    FROM cells
),
numbers AS (
    SELECT 1 AS nth UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6
    UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10 UNION ALL SELECT 11 UNION ALL SELECT 12
),
parts AS (
    SELECT
        lists.community,
        lists.period_start,
        lists.period_end,
        lists.batch,
        lists.row,
        lists.kind,
        lists.member,
        NULLIF(SPLIT_PART(lists.list, '、', numbers.nth), '') AS post
    FROM lists
    JOIN numbers ON numbers.nth <= LENGTH(lists.list) - LENGTH(REPLACE(lists.list, '、', '')) + 1
)
SELECT DISTINCT community, period_start, period_end, batch, row, kind, member, post
FROM parts
WHERE post IS NOT NULL
