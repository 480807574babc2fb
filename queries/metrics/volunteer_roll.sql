-- metric: volunteer_roll
-- title:  期末义工名册
-- grain:  volunteer
-- unit:   persons
-- basis:  台账
--
-- 期末义工名册上的每一名义工，一人一行；参加几个队的，队伍列名称排在最前的一个。
-- 义工评星以这份名册为范围；期末已经不在名册上的人不列出。顺序同名册。

WITH
lines AS (
    SELECT community, batch, row, person, name, team
    FROM core.volunteer
    WHERE period_end = $period_end
),
numbered AS (
    SELECT
        community,
        batch,
        row,
        person,
        name,
        MIN(team) OVER (PARTITION BY community, person) AS team,
        ROW_NUMBER() OVER (PARTITION BY community, person ORDER BY batch, row) AS nth
    FROM lines
)
SELECT
    community,
    person,
    name,
    team
FROM numbered
WHERE nth = 1
ORDER BY community, batch, row
