PRAGMA application_id = 1380076615;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE members (
    id TEXT NOT NULL PRIMARY KEY,
    last_name TEXT NOT NULL,
    first_name TEXT NOT NULL,
    born TEXT,
    sex TEXT,
    subscriber TEXT
) STRICT;
INSERT INTO members VALUES('m1','RUIZ','EVA','1980-02-03',NULL,NULL);
CREATE TABLE authorizations (
    id INTEGER PRIMARY KEY,
    member TEXT NOT NULL REFERENCES members (id),
    payer TEXT NOT NULL,
    number TEXT,
    status TEXT NOT NULL CHECK (status IN ('PENDING', 'ACTIVE', 'DENIED', 'CANCELLED', 'NOT_REQUIRED')),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    approved INTEGER NOT NULL CHECK (approved >= 0),
    used INTEGER NOT NULL CHECK (used >= 0),
    modified INTEGER NOT NULL CHECK (modified IN (0, 1)),
    follow_up TEXT,
    request_id INTEGER,
    codes TEXT NOT NULL,
    CHECK (first_day <= last_day)
) STRICT;
INSERT INTO authorizations VALUES(1,'m1','example-health-plan','A-1','ACTIVE','2026-01-01','2026-02-28',30000,0,0,NULL,NULL,'');
INSERT INTO authorizations VALUES(2,'m1','example-health-plan','D-1','DENIED','2026-03-05','2026-03-05',0,0,0,NULL,1,',97110,');
CREATE TABLE charges (
    id TEXT NOT NULL PRIMARY KEY,
    member TEXT NOT NULL REFERENCES members (id),
    payer TEXT NOT NULL,
    day TEXT NOT NULL,
    code TEXT NOT NULL,
    units INTEGER NOT NULL CHECK (units > 0),
    auth_required INTEGER NOT NULL CHECK (auth_required IN (0, 1)),
    validated INTEGER NOT NULL CHECK (validated IN (0, 1)),
    flag TEXT,
    authorization_id INTEGER REFERENCES authorizations (id)
) STRICT;
INSERT INTO charges VALUES('c1','m1','example-health-plan','2026-03-05','97110',10000,1,0,NULL,NULL);
CREATE TABLE attachments (
    id INTEGER PRIMARY KEY,
    authorization_id INTEGER NOT NULL REFERENCES authorizations (id),
    charge TEXT NOT NULL REFERENCES charges (id),
    units INTEGER NOT NULL CHECK (units <> 0),
    at INTEGER NOT NULL,
    reverses INTEGER UNIQUE REFERENCES attachments (id),
    reversed INTEGER NOT NULL CHECK (reversed IN (0, 1)),
    CHECK ((reverses IS NULL) = (units > 0))
) STRICT;
CREATE TABLE documents (
    sha256 BLOB NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;
INSERT INTO documents VALUES(X'ba30571ea19f81d5d1ca595ab68bb553400a4ce03bf4c198c8dc882f08ba2daf',X'7b22706c616365223a6e756c6c2c22646961676e6f736573223a5b5d2c22657870656469746564223a66616c73652c2273616964223a5b5b22646f63756d656e74732e737570706f7274696e67222c2274727565225d5d7d');
CREATE TABLE filings (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    entity TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 BLOB NOT NULL REFERENCES documents (sha256)
) STRICT;
INSERT INTO filings VALUES(1,'request','1','particulars.json',X'ba30571ea19f81d5d1ca595ab68bb553400a4ce03bf4c198c8dc882f08ba2daf');
CREATE TABLE requests (
    id INTEGER PRIMARY KEY,
    authorization_id INTEGER NOT NULL REFERENCES authorizations (id),
    partner TEXT NOT NULL,
    trace TEXT,
    reference TEXT,
    state TEXT NOT NULL,
    units INTEGER NOT NULL CHECK (units > 0),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    codes TEXT NOT NULL,
    approval TEXT,
    outcome TEXT,
    modified INTEGER NOT NULL CHECK (modified IN (0, 1)),
    correctable INTEGER NOT NULL CHECK (correctable IN (0, 1)),
    reasons TEXT NOT NULL,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    next_retry INTEGER,
    submitted_at INTEGER,
    due INTEGER,
    appeal_by TEXT,
    standing INTEGER,
    CHECK (first_day <= last_day)
) STRICT;
INSERT INTO requests VALUES(1,2,'example-clearinghouse','R00000001','R00000001','ANSWERED',10000,'2026-03-05','2026-03-05',',97110,',NULL,'DENIED',0,0,'["HCR03 0F"]',1,NULL,1772463600,1773115199,'2026-05-01',1);
CREATE TABLE originating (
    request_id INTEGER NOT NULL REFERENCES requests (id),
    charge TEXT NOT NULL REFERENCES charges (id),
    PRIMARY KEY (request_id, charge)
) STRICT;
INSERT INTO originating VALUES(1,'c1');
CREATE TABLE inbox (
    id INTEGER PRIMARY KEY,
    partner TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 BLOB NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    fault TEXT,
    bytes BLOB NOT NULL
) STRICT;
INSERT INTO inbox VALUES(1,'example-clearinghouse','r.x12',X'b0de71719fd6af8ed8eab561ccefef5f4acbbc01b2856d5a346f03b259a35780',1772463600,NULL,X'4953412a30302a202020202020202020202a30302a202020202020202020202a5a5a2a4558414d504c4543482020202020202a5a5a2a4f5552434c494e49432020202020202a3236303330332a303930302a5e2a30303530312a3030303030303930312a302a542a3a7e0a47532a48492a4558414d504c4543482a4f5552434c494e49432a32303236303330332a303930302a3930312a582a303035303130583231377e0a53542a3237382a303030312a303035303130583231377e0a4248542a303030372a31312a5230303030303030312a32303236303330332a303930302a31387e0a484c2a312a2a32302a317e0a4e4d312a58332a322a4558414d504c45204845414c544820504c414e2a2a2a2a2a50492a31323334357e0a484c2a322a312a32312a317e0a4e4d312a31502a322a4f555220434c494e49432a2a2a2a2a58582a313233343536373839337e0a484c2a332a322a32322a317e0a4e4d312a494c2a312a5255495a2a4556412a2a2a2a4d492a6d317e0a484c2a342a332a45562a307e0a54524e2a322a5230303030303030312a393132333435363738397e0a554d2a48532a492a2a31313a427e0a4843522a41332a442d312a30467e0a53452a31332a303030317e0a47452a312a3930317e0a4945412a312a3030303030303930317e0a');
CREATE TABLE determinations (
    id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL REFERENCES requests (id),
    message_id INTEGER REFERENCES inbox (id),
    issued INTEGER,
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT;
INSERT INTO determinations VALUES(1,1,1,1772528400,1772463600,'DENIED','{"outcome":"DENIED","modified":false,"correctable":false,"number":"D-1","units":null,"first_day":null,"last_day":null,"codes":null,"reasons":["HCR03 0F"],"issued":"2026-03-03T09:00:00+00:00","follow_up":null,"appeal_by":"2026-05-01","next_retry":null}');
CREATE TABLE partners (
    id TEXT NOT NULL PRIMARY KEY,
    control INTEGER NOT NULL CHECK (control BETWEEN 0 AND 999999999)
) STRICT;
INSERT INTO partners VALUES('example-clearinghouse',1);
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    partner TEXT NOT NULL REFERENCES partners (id),
    control INTEGER NOT NULL,
    request_id INTEGER NOT NULL REFERENCES requests (id),
    name TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    at INTEGER NOT NULL,
    written_at INTEGER,
    bytes BLOB NOT NULL,
    UNIQUE (partner, control)
) STRICT;
INSERT INTO outbox VALUES(1,'example-clearinghouse',1,1,'example-clearinghouse-000000001.x12',X'aae690fb915d0c282a06666db66f3a459a287d6d52c27a34ea4da297d43d3e59',1772463600,1772463600,X'4953412a30302a202020202020202020202a30302a202020202020202020202a5a5a2a4f5552434c494e49432020202020202a5a5a2a4558414d504c4543482020202020202a3236303330322a313030302a5e2a30303530312a3030303030303030312a312a542a3a7e47532a48492a4f5552434c494e49432a4558414d504c4543482a32303236303330322a313030302a312a582a303035303130583231377e53542a3237382a303030312a303035303130583231377e4248542a303030372a31332a5230303030303030312a32303236303330322a313030307e484c2a312a2a32302a317e4e4d312a58332a322a4558414d504c45204845414c544820504c414e2a2a2a2a2a50492a31323334357e484c2a322a312a32312a317e4e4d312a31502a322a4f555220434c494e49432a2a2a2a2a58582a313233343536373839337e484c2a332a322a32322a317e4e4d312a494c2a312a5255495a2a4556412a2a2a2a4d492a6d317e444d472a44382a31393830303230337e484c2a342a332a45562a317e54524e2a312a5230303030303030312a393132333435363738397e554d2a48532a497e4454502a4141482a44382a32303236303330357e484c2a352a342a53532a307e4454502a3437322a44382a32303236303330357e5356312a48433a39373131302a2a554e2a317e53452a31372a303030317e47452a312a317e4945412a312a3030303030303030317e');
CREATE TABLE answers (
    key TEXT NOT NULL PRIMARY KEY,
    command BLOB NOT NULL,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
INSERT INTO answers VALUES('k1',X'e3391c728651455bd71ee61178638beb074c6f8bb72ad91e310bcef4f83833c9','{"request":1,"authorization":2,"trace":"R00000001","reference":"R00000001"}',1772463600);
CREATE TABLE audit (
    n INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    entity TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0),
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    operation TEXT NOT NULL,
    policy TEXT NOT NULL,
    reason TEXT,
    key TEXT,
    answered BLOB,
    detail TEXT NOT NULL,
    state TEXT NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (kind, entity, seq)
) STRICT;
INSERT INTO audit VALUES(1,'member','m1',1,1772463600,'ana','add_member','sha256:78544bbd2a13f54eded2b2994696e6a6e859fda5dc0639f08695ad6f9963c4b4',NULL,NULL,NULL,'null','{"id":"m1","last_name":"RUIZ","first_name":"EVA","born":"1980-02-03","sex":null,"subscriber":null}',X'fb6b810e31fbed07d44f7cc09d83d5f571cf80183248184d3297b6e110146735');
INSERT INTO audit VALUES(2,'charge','c1',1,1772463600,'ana','add_charge','sha256:78544bbd2a13f54eded2b2994696e6a6e859fda5dc0639f08695ad6f9963c4b4',NULL,NULL,NULL,'null','{"id":"c1","member":"m1","payer":"example-health-plan","day":"2026-03-05","code":"97110","units":"1","auth_required":true,"validated":false,"flag":null,"authorization":null}',X'2c2478106ce62596fa7ed483d892329b78270e684d98bcbde2bcea834efe28d4');
INSERT INTO audit VALUES(3,'authorization','1',1,1772463600,'ana','add_authorization','sha256:78544bbd2a13f54eded2b2994696e6a6e859fda5dc0639f08695ad6f9963c4b4',NULL,NULL,NULL,'{"document":null}','{"id":1,"member":"m1","payer":"example-health-plan","number":"A-1","status":"ACTIVE","first_day":"2026-01-01","last_day":"2026-02-28","approved":"3","used":"0","modified":false,"follow_up":null,"request":null,"codes":[]}',X'f16f2d2d8ae08f212a9d41648f426ee590015259f86de4e9d14c9934f1b489ad');
INSERT INTO audit VALUES(4,'document','ba30571ea19f81d5d1ca595ab68bb553400a4ce03bf4c198c8dc882f08ba2daf',1,1772463600,'ana','store','sha256:78544bbd2a13f54eded2b2994696e6a6e859fda5dc0639f08695ad6f9963c4b4',NULL,'k1',X'6c8527f2ff7558c39fe1aba2c62cc4424b709f0d2395a83bb7798482d8fd4f9f','{"name":"particulars.json","sha256":"ba30571ea19f81d5d1ca595ab68bb553400a4ce03bf4c198c8dc882f08ba2daf"}','{"sha256":"ba30571ea19f81d5d1ca595ab68bb553400a4ce03bf4c198c8dc882f08ba2daf","length":88}',X'9dbb4a1b74b7456d90bfb780e0443c7a05f53224bb4968f46f8761fb94653bd5');
INSERT INTO audit VALUES(5,'authorization','2',1,1772463600,'ana','open_request','sha256:78544bbd2a13f54eded2b2994696e6a6e859fda5dc0639f08695ad6f9963c4b4',NULL,'k1',X'6c8527f2ff7558c39fe1aba2c62cc4424b709f0d2395a83bb7798482d8fd4f9f','1','{"id":2,"member":"m1","payer":"example-health-plan","number":null,"status":"PENDING","first_day":"2026-03-05","last_day":"2026-03-05","approved":"0","used":"0","modified":false,"follow_up":null,"request":1,"codes":["97110"]}',X'25728f4d5f38cf3f66594761ee3c75cc3a09d09c3454b0244a3b23c6cf315faa');
INSERT INTO audit VALUES(6,'request','1',1,1772463600,'ana','open_request','sha256:78544bbd2a13f54eded2b2994696e6a6e859fda5dc0639f08695ad6f9963c4b4',NULL,'k1',X'6c8527f2ff7558c39fe1aba2c62cc4424b709f0d2395a83bb7798482d8fd4f9f','{"member":"m1","payer":"example-health-plan","partner":"example-clearinghouse","again":null,"units":"1","first_day":"2026-03-05","last_day":"2026-03-05","codes":["97110"],"charges":["c1"],"approval":null,"trace":null,"reference":null,"documents":[{"name":"particulars.json","sha256":"ba30571ea19f81d5d1ca595ab68bb553400a4ce03bf4c198c8dc882f08ba2daf"}]}','{"id":1,"authorization":2,"partner":"example-clearinghouse","trace":"R00000001","reference":"R00000001","state":"DRAFT","units":"1","first_day":"2026-03-05","last_day":"2026-03-05","codes":["97110"],"approval":null,"outcome":null,"modified":false,"correctable":false,"reasons":[],"attempts":0,"next_retry":null,"submitted_at":null,"due":null,"appeal_by":null,"standing":null}',X'3749eb69fd2cd3cf8942d42546b1ae6dab4e13b2736b919402e90b93509e2912');
INSERT INTO audit VALUES(7,'request','1',2,1772463600,'ana','submit','sha256:78544bbd2a13f54eded2b2994696e6a6e859fda5dc0639f08695ad6f9963c4b4',NULL,NULL,NULL,'1','{"id":1,"authorization":2,"partner":"example-clearinghouse","trace":"R00000001","reference":"R00000001","state":"SUBMITTED","units":"1","first_day":"2026-03-05","last_day":"2026-03-05","codes":["97110"],"approval":null,"outcome":null,"modified":false,"correctable":false,"reasons":[],"attempts":1,"next_retry":null,"submitted_at":"2026-03-02T15:00:00+00:00","due":"2026-03-10T03:59:59+00:00","appeal_by":null,"standing":null}',X'828394c33cbad71116c1e808b6056a32f7927d873581d863a3ca16a8cd2a3b0e');
INSERT INTO audit VALUES(8,'transmission','1',1,1772463600,'ana','submit','sha256:78544bbd2a13f54eded2b2994696e6a6e859fda5dc0639f08695ad6f9963c4b4',NULL,NULL,NULL,'null','{"id":1,"partner":"example-clearinghouse","control":1,"request":1,"name":"example-clearinghouse-000000001.x12","sha256":"aae690fb915d0c282a06666db66f3a459a287d6d52c27a34ea4da297d43d3e59","at":"2026-03-02T15:00:00+00:00","written_at":null}',X'72ca2f0dfa7268746b5154ec26e5300ccadc3bc5bc94bdd5b5c9dd152491f5f4');
INSERT INTO audit VALUES(9,'transmission','1',2,1772463600,'ana','mark_written','sha256:78544bbd2a13f54eded2b2994696e6a6e859fda5dc0639f08695ad6f9963c4b4',NULL,NULL,NULL,'null','{"id":1,"partner":"example-clearinghouse","control":1,"request":1,"name":"example-clearinghouse-000000001.x12","sha256":"aae690fb915d0c282a06666db66f3a459a287d6d52c27a34ea4da297d43d3e59","at":"2026-03-02T15:00:00+00:00","written_at":"2026-03-02T15:00:00+00:00"}',X'1147319589bdb1e058083c6bb5e06039f36dddf60874d0865f65432c71d1f498');
INSERT INTO audit VALUES(10,'request','1',3,1772463600,'ana','determine','sha256:78544bbd2a13f54eded2b2994696e6a6e859fda5dc0639f08695ad6f9963c4b4',NULL,NULL,NULL,'{"determination":1,"message":1,"stands":true,"content":{"outcome":"DENIED","modified":false,"correctable":false,"number":"D-1","units":null,"first_day":null,"last_day":null,"codes":null,"reasons":["HCR03 0F"],"issued":"2026-03-03T09:00:00+00:00","follow_up":null,"appeal_by":"2026-05-01","next_retry":null}}','{"id":1,"authorization":2,"partner":"example-clearinghouse","trace":"R00000001","reference":"R00000001","state":"ANSWERED","units":"1","first_day":"2026-03-05","last_day":"2026-03-05","codes":["97110"],"approval":null,"outcome":"DENIED","modified":false,"correctable":false,"reasons":["HCR03 0F"],"attempts":1,"next_retry":null,"submitted_at":"2026-03-02T15:00:00+00:00","due":"2026-03-10T03:59:59+00:00","appeal_by":"2026-05-01","standing":1}',X'52cf5d0121231a174a1a84529924c2df9561b0896658e8e280724699c415f079');
INSERT INTO audit VALUES(11,'authorization','2',2,1772463600,'ana','determine','sha256:78544bbd2a13f54eded2b2994696e6a6e859fda5dc0639f08695ad6f9963c4b4',NULL,NULL,NULL,'1','{"id":2,"member":"m1","payer":"example-health-plan","number":"D-1","status":"DENIED","first_day":"2026-03-05","last_day":"2026-03-05","approved":"0","used":"0","modified":false,"follow_up":null,"request":1,"codes":["97110"]}',X'a031f0402bdf14d2d472643c1a4a2ed53f13e64d5fe5c3bc5f8f23a8fda03685');
INSERT INTO audit VALUES(12,'message','1',1,1772463600,'ana','receive','sha256:78544bbd2a13f54eded2b2994696e6a6e859fda5dc0639f08695ad6f9963c4b4',NULL,NULL,NULL,'{"message":1,"already":false,"determined":[{"request":1,"authorization":2,"outcome":"DENIED","stands":true,"status":"DENIED","flagged":[],"attached":[],"not_attached":[]}],"unmatched":[]}','{"id":1,"partner":"example-clearinghouse","name":"r.x12","sha256":"b0de71719fd6af8ed8eab561ccefef5f4acbbc01b2856d5a346f03b259a35780","at":"2026-03-02T15:00:00+00:00","fault":null}',X'dcf60f84e2d8c5fed845d25b37881e96a17092e177b4594febd59aef77048719');
CREATE TABLE anchors (
    hash BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    heads TEXT NOT NULL
) STRICT;
CREATE INDEX authorizations_of_member ON authorizations (member);
CREATE UNIQUE INDEX authorizations_by_number ON authorizations (payer, number) WHERE number IS NOT NULL;
CREATE INDEX authorizations_open ON authorizations (last_day) WHERE status IN ('ACTIVE', 'PENDING');
CREATE INDEX charges_of_member ON charges (member);
CREATE UNIQUE INDEX attachments_open ON attachments (charge) WHERE reverses IS NULL AND reversed = 0;
CREATE INDEX attachments_of_authorization ON attachments (authorization_id, id);
CREATE INDEX filings_of_entity ON filings (kind, entity);
CREATE INDEX requests_of_authorization ON requests (authorization_id);
CREATE UNIQUE INDEX requests_by_trace ON requests (partner, trace);
CREATE UNIQUE INDEX requests_by_reference ON requests (partner, reference);
CREATE INDEX requests_to_retry ON requests (next_retry) WHERE next_retry IS NOT NULL;
CREATE INDEX determinations_of_request ON determinations (request_id, id);
CREATE INDEX outbox_waiting ON outbox (id) WHERE written_at IS NULL;
CREATE INDEX outbox_of_request ON outbox (request_id);
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the table audit is only added to'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the table audit is only added to'); END;
CREATE TRIGGER answers_kept BEFORE UPDATE ON answers BEGIN SELECT RAISE(ABORT, 'the table answers is only added to'); END;
CREATE TRIGGER answers_stays BEFORE DELETE ON answers BEGIN SELECT RAISE(ABORT, 'the table answers is only added to'); END;
CREATE TRIGGER anchors_kept BEFORE UPDATE ON anchors BEGIN SELECT RAISE(ABORT, 'the table anchors is only added to'); END;
CREATE TRIGGER anchors_stays BEFORE DELETE ON anchors BEGIN SELECT RAISE(ABORT, 'the table anchors is only added to'); END;
CREATE TRIGGER documents_kept BEFORE UPDATE ON documents BEGIN SELECT RAISE(ABORT, 'the table documents is only added to'); END;
CREATE TRIGGER documents_stays BEFORE DELETE ON documents BEGIN SELECT RAISE(ABORT, 'the table documents is only added to'); END;
CREATE TRIGGER filings_kept BEFORE UPDATE ON filings BEGIN SELECT RAISE(ABORT, 'the table filings is only added to'); END;
CREATE TRIGGER filings_stays BEFORE DELETE ON filings BEGIN SELECT RAISE(ABORT, 'the table filings is only added to'); END;
CREATE TRIGGER determinations_kept BEFORE UPDATE ON determinations BEGIN SELECT RAISE(ABORT, 'the table determinations is only added to'); END;
CREATE TRIGGER determinations_stays BEFORE DELETE ON determinations BEGIN SELECT RAISE(ABORT, 'the table determinations is only added to'); END;
CREATE TRIGGER attachments_kept BEFORE UPDATE ON attachments WHEN NOT (old.reversed = 0 AND new.reversed = 1 AND old.id = new.id AND old.units = new.units AND old.authorization_id = new.authorization_id AND old.charge = new.charge AND old.at = new.at AND old.reverses IS NULL AND new.reverses IS NULL) BEGIN SELECT RAISE(ABORT, 'the table attachments is only added to'); END;
CREATE TRIGGER attachments_stays BEFORE DELETE ON attachments BEGIN SELECT RAISE(ABORT, 'the table attachments is only added to'); END;
CREATE TRIGGER inbox_kept BEFORE UPDATE ON inbox WHEN NOT (old.id = new.id AND old.sha256 = new.sha256 AND old.bytes = new.bytes AND old.fault IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'the table inbox is only added to'); END;
CREATE TRIGGER inbox_stays BEFORE DELETE ON inbox BEGIN SELECT RAISE(ABORT, 'the table inbox is only added to'); END;
CREATE TRIGGER outbox_kept BEFORE UPDATE ON outbox WHEN NOT (old.id = new.id AND old.sha256 = new.sha256 AND old.bytes = new.bytes AND old.partner = new.partner AND old.control = new.control AND old.written_at IS NULL) BEGIN SELECT RAISE(ABORT, 'the table outbox is only added to'); END;
CREATE TRIGGER outbox_stays BEFORE DELETE ON outbox BEGIN SELECT RAISE(ABORT, 'the table outbox is only added to'); END;
COMMIT;
