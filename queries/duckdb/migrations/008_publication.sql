-- What was published, so that it can be had again: the list of what a set of
-- files was made from and of the files, as it lies beside them.
CREATE TABLE ops.manifest (
    sha256 VARCHAR NOT NULL PRIMARY KEY, -- of the text
    text   VARCHAR NOT NULL
);

-- One row for each time a set was put out. The same set again has the same
-- manifest.
CREATE TABLE ops.publication (
    revision BIGINT  NOT NULL PRIMARY KEY,
    run      BIGINT  NOT NULL, -- of ops.run
    about    VARCHAR NOT NULL, -- 2025Q4, or a year
    manifest VARCHAR NOT NULL  -- its sha256
);
