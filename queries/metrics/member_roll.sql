-- metric: member_roll
-- title:  期末党员名册
-- grain:  member
-- unit:   persons
-- basis:  台账
--
-- 期末党员名册上的每一名党员，一人一行，类别、党籍状态和党小组都以名册所填为准。
-- 评星以这份名册为范围；期末已经不在名册上的人不列出。顺序同名册。

WITH
roll AS (
    SELECT community, batch, row, person, name, kind, standing, party_group
    FROM core.member
    WHERE period_end = $period_end
)
SELECT
    community,
    person,
    name,
    kind,
    standing,
    party_group
FROM roll
ORDER BY community, batch, row
