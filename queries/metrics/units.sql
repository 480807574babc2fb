-- metric: units
-- title:  驻区单位
-- grain:  community
-- unit:   share
-- basis:  台账
-- trace:  units = count of listed
-- trace:  part = count of listed where party_body = '是'
-- trace:  whole = count of listed where party_body IS NOT NULL
-- trace:  value = part / whole
-- trace:  staff = sum staff of listed
-- trace:  members = sum members of listed
-- trace:  agreements = count of listed where agreement = '是'
--
-- 期末驻区单位登记表上的单位数，一行算一个；占比是建立了党组织的单位除以写明建没建的单位，没有填的两边都不算，而不是当作没有。
-- 职工人数和党员人数是各单位所填之和，一个都没有填的留空；共建协议是写明已签订的单位数。没有交驻区单位表的社区不列出。

WITH
listed AS (
    SELECT community, batch, row, party_body, staff, members, agreement
    FROM core.unit
    WHERE period_end = $period_end
),
totals AS (
    SELECT
        community,
        COUNT(*) AS units,
        COUNT(*) FILTER (WHERE party_body = '是') AS part,
        COUNT(*) FILTER (WHERE party_body IS NOT NULL) AS whole,
        SUM(staff) AS staff,
        SUM(members) AS members,
        COUNT(*) FILTER (WHERE agreement = '是') AS agreements
    FROM listed
    GROUP BY community
)
SELECT
    community,
    CAST(units AS BIGINT) AS units,
    CAST(part AS BIGINT) AS part,
    CAST(whole AS BIGINT) AS whole,
    CAST(CAST(part AS DECIMAL(18, 10)) / NULLIF(whole, 0) AS DECIMAL(18, 10)) AS value,
    CAST(staff AS BIGINT) AS staff,
    CAST(members AS BIGINT) AS members,
    CAST(agreements AS BIGINT) AS agreements
FROM totals
ORDER BY community
