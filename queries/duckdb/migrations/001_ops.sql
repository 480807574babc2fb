-- The ledgers. Times are UTC.
CREATE SCHEMA raw;
CREATE SCHEMA core;
CREATE SCHEMA ops;
CREATE SCHEMA stars;

-- One row for each committed change.
CREATE TABLE ops.revision (
    id      BIGINT    NOT NULL,
    made_at TIMESTAMP NOT NULL,
    what    VARCHAR   NOT NULL
);

-- One row for each sheet that gave rows; never changed.
CREATE TABLE ops.batch (
    id           INTEGER   NOT NULL,
    revision     BIGINT    NOT NULL,
    kind         VARCHAR   NOT NULL,
    community    VARCHAR   NOT NULL,
    period_start DATE      NOT NULL,
    period_end   DATE      NOT NULL,
    part         VARCHAR   NOT NULL,
    file         VARCHAR   NOT NULL,
    sheet        VARCHAR   NOT NULL,
    sha256       VARCHAR   NOT NULL,
    bytes        BIGINT    NOT NULL,
    uploader     VARCHAR   NOT NULL,
    received_at  TIMESTAMP NOT NULL,
    rows_read    BIGINT    NOT NULL,
    accepted     BIGINT    NOT NULL,
    rejected     BIGINT    NOT NULL,
    skipped      BIGINT    NOT NULL,
    dropped      VARCHAR   NOT NULL, -- headings left out, set apart by 、
    CHECK (rows_read = accepted + rejected + skipped),
    CHECK (accepted > 0)
);

-- What was found wrong or odd in a batch's sheet.
CREATE TABLE ops.issue (
    batch    INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('error', 'finding')),
    code     VARCHAR NOT NULL,
    sheet    VARCHAR NOT NULL,
    cell     VARCHAR NOT NULL,
    row      INTEGER NOT NULL,
    found    VARCHAR NOT NULL,
    wanted   VARCHAR NOT NULL,
    mend     VARCHAR NOT NULL
);

-- The totals that sheets state, beside the sums of their accepted rows.
CREATE TABLE ops.control_total (
    batch  INTEGER NOT NULL,
    row    INTEGER NOT NULL,
    field  VARCHAR NOT NULL,
    stated VARCHAR NOT NULL,
    summed VARCHAR NOT NULL
);

-- A load puts a batch in force for its slice; an undo takes a load back.
CREATE TABLE ops.slice_event (
    seq     BIGINT    NOT NULL,
    made_at TIMESTAMP NOT NULL,
    action  VARCHAR   NOT NULL CHECK (action IN ('load', 'undo')),
    batch   INTEGER   NOT NULL,
    undoes  BIGINT, -- the load's seq
    CHECK ((action = 'undo') = (undoes IS NOT NULL))
);

-- The batches in force, now or as of the connection's variable as_of.
CREATE VIEW ops.live AS
WITH
known AS (
    SELECT * FROM ops.slice_event
    WHERE made_at <= COALESCE(CAST(getvariable('as_of') AS TIMESTAMP), TIMESTAMP '9999-12-31')
),
standing AS (
    SELECT seq, batch FROM known
    WHERE action = 'load' AND seq NOT IN (SELECT undoes FROM known WHERE action = 'undo')
),
ranked AS (
    SELECT b.*, ROW_NUMBER() OVER (PARTITION BY kind, community, period_start, period_end, part ORDER BY seq DESC) AS age
    FROM standing JOIN ops.batch b ON b.id = standing.batch
)
SELECT id AS batch, kind, community, period_start, period_end, part, file, sheet, sha256,
       rows_read, accepted, rejected, skipped
FROM ranked
WHERE age = 1;

-- The runs of jobs: a slot is (job, scheduled_for, part); doing it again by
-- hand makes the next edition.
CREATE TABLE ops.run (
    id            BIGINT    NOT NULL PRIMARY KEY,
    job           VARCHAR   NOT NULL,
    scheduled_for TIMESTAMP NOT NULL,
    part          VARCHAR   NOT NULL,
    edition       INTEGER   NOT NULL,
    attempt       INTEGER   NOT NULL,
    status        VARCHAR   NOT NULL CHECK (status IN ('running', 'done', 'failed', 'failed:panic', 'interrupted', 'missed:merged', 'skipped:overlap')),
    started_at    TIMESTAMP,
    finished_at   TIMESTAMP,
    result        VARCHAR   NOT NULL,
    error         VARCHAR   NOT NULL,
    UNIQUE (job, scheduled_for, part, edition)
);

-- Proposed ratings, as judged; what people decide on them comes beside.
CREATE TABLE stars.proposal (
    revision    BIGINT  NOT NULL,
    year        INTEGER NOT NULL,
    community   VARCHAR NOT NULL,
    policy      VARCHAR NOT NULL,
    policy_hash VARCHAR NOT NULL,
    members     INTEGER NOT NULL,
    digest      VARCHAR NOT NULL
);

CREATE TABLE stars.rating (
    revision  BIGINT        NOT NULL,
    community VARCHAR       NOT NULL,
    seq       INTEGER       NOT NULL,
    person    VARCHAR       NOT NULL,
    name      VARCHAR       NOT NULL,
    score     DECIMAL(18,2) NOT NULL,
    star      INTEGER       NOT NULL,
    reasons   VARCHAR       NOT NULL
);
