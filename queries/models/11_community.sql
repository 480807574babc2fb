-- One row for what each community says of itself in figures (社区基本情况) for a
-- period. The registers count most of it again; what a community left blank is
-- null.

SELECT
    live.community,
    live.period_start,
    live.period_end,
    line.batch,
    line.row,
    CAST(line.area AS DECIMAL(18, 4)) AS area,
    CAST(line.buildings AS BIGINT) AS buildings,
    CAST(line.households AS BIGINT) AS households,
    CAST(line.residents AS BIGINT) AS residents,
    CAST(line.floating_households AS BIGINT) AS floating_households,
    CAST(line.floating_residents AS BIGINT) AS floating_residents,
    CAST(line.units AS BIGINT) AS units,
    CAST(line.staff AS BIGINT) AS staff,
    CAST(line.security_helpers AS BIGINT) AS security_helpers,
    CAST(line.members AS BIGINT) AS members,
    CAST(line.party_groups AS BIGINT) AS party_groups,
    CAST(line.serving_members AS BIGINT) AS serving_members,
    CAST(line.floating_members AS BIGINT) AS floating_members,
    CAST(line.volunteers AS BIGINT) AS volunteers,
    CAST(line.teams AS BIGINT) AS teams
FROM raw.community AS line
JOIN ops.live AS live ON live.batch = line.batch
