-- metric: issues_by_kind
-- title:  各种表的差错与提示
-- grain:  part
-- unit:   issues
-- basis:  台账
-- trace:  sheets = count of batches
-- trace:  accepted = sum accepted of batches
-- trace:  rejected = sum rejected of batches
-- trace:  errors = count of issues where severity = 'error'
-- trace:  findings = count of issues where severity = 'finding'
--
-- 本期采用的每一种表：几张，收进和退回多少行，查出几处差错、几处提示。差错使那一行没有收进，一行可以有几处差错，因此处数可能多于退回的行数；提示的行已经收进，请人再看一看。
-- 没有问题的记 0。后来重新上传替换掉的表和它的问题不再计入；没有交的表不列出。

WITH
batches AS (
    SELECT community, kind, batch, NULL AS row, accepted, rejected
    FROM core.batch
    WHERE period_start >= $period_start AND period_end <= $period_end
),
issues AS (
    SELECT community, kind, batch, row, severity
    FROM core.issue
    WHERE period_start >= $period_start AND period_end <= $period_end
),
batch_totals AS (
    SELECT community, kind, COUNT(*) AS sheets, SUM(accepted) AS accepted, SUM(rejected) AS rejected
    FROM batches
    GROUP BY community, kind
),
issue_totals AS (
    SELECT
        community,
        kind,
        COUNT(*) FILTER (WHERE severity = 'error') AS errors,
        COUNT(*) FILTER (WHERE severity = 'finding') AS findings
    FROM issues
    GROUP BY community, kind
)
SELECT
    batch_totals.community,
    batch_totals.kind,
    CAST(batch_totals.sheets AS BIGINT) AS sheets,
    CAST(batch_totals.accepted AS BIGINT) AS accepted,
    CAST(batch_totals.rejected AS BIGINT) AS rejected,
    CAST(COALESCE(issue_totals.errors, 0) AS BIGINT) AS errors,
    CAST(COALESCE(issue_totals.findings, 0) AS BIGINT) AS findings
FROM batch_totals
LEFT JOIN issue_totals
    ON issue_totals.community = batch_totals.community
    AND issue_totals.kind = batch_totals.kind
ORDER BY batch_totals.community, batch_totals.kind
