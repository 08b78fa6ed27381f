--
-- PostgreSQL database dump
--

\restrict cxm

-- Dumped from database version 18.6
-- Dumped by pg_dump version 18.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


ALTER TABLE public.alembic_version OWNER TO cxm_metrics_owner;

--
-- Name: audit_entry; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.audit_entry (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    subject text NOT NULL,
    role text NOT NULL,
    department text NOT NULL,
    deed text NOT NULL,
    ids text[] NOT NULL,
    keys text[] NOT NULL
);

ALTER TABLE ONLY public.audit_entry FORCE ROW LEVEL SECURITY;


ALTER TABLE public.audit_entry OWNER TO cxm_metrics_owner;

--
-- Name: dead_letter; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.dead_letter (
    durable text NOT NULL,
    message_id text NOT NULL,
    tries integer NOT NULL,
    error text NOT NULL,
    subject text,
    payload bytea,
    died_at timestamp with time zone
);


ALTER TABLE public.dead_letter OWNER TO cxm_metrics_owner;

--
-- Name: directory_copy; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.directory_copy (
    id text NOT NULL,
    kind text NOT NULL,
    revision bigint NOT NULL,
    state bytea NOT NULL,
    CONSTRAINT directory_copy_kind_check CHECK ((kind = ANY (ARRAY['department'::text, 'touchpoint'::text])))
);


ALTER TABLE public.directory_copy OWNER TO cxm_metrics_owner;

--
-- Name: directory_state; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.directory_state (
    one boolean DEFAULT true NOT NULL,
    version bigint NOT NULL,
    time_zone text NOT NULL,
    root_id text NOT NULL,
    CONSTRAINT directory_state_one_check CHECK (one)
);


ALTER TABLE public.directory_state OWNER TO cxm_metrics_owner;

--
-- Name: metrics_block; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_block (
    department_id integer NOT NULL,
    survey_id integer NOT NULL,
    month integer NOT NULL,
    responses integer NOT NULL,
    answers bytea NOT NULL
);
ALTER TABLE ONLY public.metrics_block ALTER COLUMN answers SET STORAGE EXTERNAL;


ALTER TABLE public.metrics_block OWNER TO cxm_metrics_owner;

--
-- Name: metrics_definition; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_definition (
    key text NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    unit text NOT NULL,
    higher_is_better boolean NOT NULL,
    statistic text NOT NULL,
    question_kind text,
    formula text NOT NULL,
    denominator text NOT NULL,
    minimum_base integer NOT NULL,
    survey_id text,
    question_id text,
    option_key text DEFAULT ''::text NOT NULL,
    counted text[] DEFAULT '{}'::text[] NOT NULL,
    against text[] DEFAULT '{}'::text[] NOT NULL,
    with_dont_know boolean DEFAULT false NOT NULL
);


ALTER TABLE public.metrics_definition OWNER TO cxm_metrics_owner;

--
-- Name: metrics_dimension_set; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_dimension_set (
    id integer NOT NULL,
    touchpoint_id integer NOT NULL,
    stage_id integer NOT NULL,
    channel_id integer NOT NULL,
    segment_id integer NOT NULL,
    language_id integer NOT NULL
);


ALTER TABLE public.metrics_dimension_set OWNER TO cxm_metrics_owner;

--
-- Name: metrics_dimension_set_id_seq; Type: SEQUENCE; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE public.metrics_dimension_set ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.metrics_dimension_set_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: metrics_employment; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_employment (
    employee_id text NOT NULL,
    revision bigint NOT NULL
);

ALTER TABLE ONLY public.metrics_employment FORCE ROW LEVEL SECURITY;


ALTER TABLE public.metrics_employment OWNER TO cxm_metrics_owner;

--
-- Name: metrics_employment_whole; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_employment_whole (
    id text NOT NULL,
    parts integer NOT NULL,
    heard integer[] NOT NULL,
    heard_at timestamp with time zone NOT NULL
);


ALTER TABLE public.metrics_employment_whole OWNER TO cxm_metrics_owner;

--
-- Name: metrics_inbox; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_inbox (
    department_id integer NOT NULL,
    source smallint NOT NULL,
    envelope bigint NOT NULL
);


ALTER TABLE public.metrics_inbox OWNER TO cxm_metrics_owner;

--
-- Name: metrics_journal; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_journal (
    department_id integer NOT NULL,
    survey_id integer NOT NULL,
    revision bigint NOT NULL,
    answers bytea NOT NULL,
    envelope bigint
);


ALTER TABLE public.metrics_journal OWNER TO cxm_metrics_owner;

--
-- Name: metrics_layout; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_layout (
    survey_id integer NOT NULL,
    "position" smallint NOT NULL,
    question_id text NOT NULL,
    codes text[] NOT NULL,
    kind text NOT NULL,
    option_key text DEFAULT ''::text NOT NULL,
    leads boolean DEFAULT false NOT NULL,
    CONSTRAINT metrics_layout_codes_check CHECK (((cardinality(codes) >= 1) AND (cardinality(codes) <= 250)))
);


ALTER TABLE public.metrics_layout OWNER TO cxm_metrics_owner;

--
-- Name: metrics_name; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_name (
    id integer NOT NULL,
    kind text NOT NULL,
    value text NOT NULL
);


ALTER TABLE public.metrics_name OWNER TO cxm_metrics_owner;

--
-- Name: metrics_name_id_seq; Type: SEQUENCE; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE public.metrics_name ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.metrics_name_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: metrics_rebuild; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_rebuild (
    one boolean DEFAULT true NOT NULL,
    started_at timestamp with time zone NOT NULL,
    done bigint NOT NULL,
    total bigint NOT NULL,
    ended boolean NOT NULL,
    error text NOT NULL,
    CONSTRAINT metrics_rebuild_one_check CHECK (one)
);


ALTER TABLE public.metrics_rebuild OWNER TO cxm_metrics_owner;

--
-- Name: metrics_reconciliation; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_reconciliation (
    one boolean DEFAULT true NOT NULL,
    started_at timestamp with time zone NOT NULL,
    found bytea,
    CONSTRAINT metrics_reconciliation_one_check CHECK (one)
);


ALTER TABLE public.metrics_reconciliation OWNER TO cxm_metrics_owner;

--
-- Name: metrics_released_cell; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_released_cell (
    wave_id text NOT NULL,
    department_id text NOT NULL,
    statistic text NOT NULL,
    counted_in text,
    n integer,
    value double precision,
    low double precision,
    high double precision,
    method text NOT NULL,
    sd double precision,
    items text[] DEFAULT '{}'::text[] NOT NULL
);


ALTER TABLE public.metrics_released_cell OWNER TO cxm_metrics_owner;

--
-- Name: metrics_released_department; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_released_department (
    wave_id text NOT NULL,
    department_id text NOT NULL,
    released boolean NOT NULL,
    counted_in text NOT NULL
);


ALTER TABLE public.metrics_released_department OWNER TO cxm_metrics_owner;

--
-- Name: metrics_released_wave; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_released_wave (
    wave_id text NOT NULL,
    key text NOT NULL,
    opened_day integer NOT NULL,
    closed_day integer NOT NULL,
    statistics text[] NOT NULL
);


ALTER TABLE public.metrics_released_wave OWNER TO cxm_metrics_owner;

--
-- Name: metrics_source; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_source (
    source smallint NOT NULL,
    counted_through bigint NOT NULL,
    pending boolean DEFAULT false NOT NULL
);


ALTER TABLE public.metrics_source OWNER TO cxm_metrics_owner;

--
-- Name: metrics_standing; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_standing (
    department_id integer NOT NULL,
    survey_id integer NOT NULL,
    revision bigint NOT NULL,
    responses bigint NOT NULL,
    day integer NOT NULL,
    counts integer[] NOT NULL
)
WITH (fillfactor='50');


ALTER TABLE public.metrics_standing OWNER TO cxm_metrics_owner;

--
-- Name: metrics_stint; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_stint (
    employee_id text NOT NULL,
    started_day integer NOT NULL,
    left_day integer,
    department_id text NOT NULL,
    leaving boolean NOT NULL
);

ALTER TABLE ONLY public.metrics_stint FORCE ROW LEVEL SECURITY;


ALTER TABLE public.metrics_stint OWNER TO cxm_metrics_owner;

--
-- Name: metrics_survey; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_survey (
    id text NOT NULL,
    revision bigint NOT NULL,
    state bytea NOT NULL
);


ALTER TABLE public.metrics_survey OWNER TO cxm_metrics_owner;

--
-- Name: metrics_target; Type: TABLE; Schema: public; Owner: cxm_metrics_owner
--

CREATE TABLE public.metrics_target (
    department_id text NOT NULL,
    metric text NOT NULL,
    value double precision NOT NULL,
    side text NOT NULL,
    due_day integer NOT NULL,
    owner text NOT NULL,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL
);


ALTER TABLE public.metrics_target OWNER TO cxm_metrics_owner;

--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.alembic_version VALUES
	('0014');


--
-- Data for Name: audit_entry; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.audit_entry VALUES
	('01a22959-525e-70a6-a5bb-93881bd8ed67', '2026-11-29 22:07:29.369804+00', 'admin', 'admin', '', 'metric_registered', '{}', '{inShop,inShop@1}'),
	('01a22959-526a-730c-bfdd-933d9e8b35a0', '2026-11-29 22:07:29.383505+00', 'admin', 'admin', '', 'metric_registered', '{}', '{inShop,inShop@2}'),
	('01a22959-5277-7662-a271-369116b58db4', '2026-11-29 22:07:29.395864+00', 'admin', 'admin', '', 'metric_registered', '{}', '{likedShop,likedShop@1}'),
	('01a22959-5282-77d3-95a1-5d226c8a692d', '2026-11-29 22:07:29.407386+00', 'admin', 'admin', '', 'metric_registered', '{}', '{stars,stars@1}'),
	('01a22959-528c-72f3-a456-a27254ca0015', '2026-11-29 22:07:29.417524+00', 'admin', 'admin', '', 'metric_registered', '{}', '{effort,effort@1}'),
	('01a22959-5ef7-7761-9104-fc2dfb46766e', '2026-11-29 22:07:32.599894+00', 'operator', 'operator', '', 'reconciliation_started', '{}', '{}'),
	('01a22959-67a1-73db-bb22-e198da7fc356', '2026-11-29 22:07:34.817777+00', 'admin', 'admin', '', 'scores_exported', '{01a22959-458d-72bc-8303-bf3637a0c371}', '{root}'),
	('01a22959-67ca-71a6-9972-07564336ff7c', '2026-11-29 22:07:34.858808+00', 'admin', 'admin', '', 'scores_exported', '{01a22959-458d-72bc-8303-bf3637a0c371}', '{root}'),
	('01a22959-6810-7428-91eb-53b105fc4682', '2026-11-29 22:07:34.928186+00', 'admin', 'admin', '', 'scores_exported', '{01a22959-5193-7497-b020-92a80f5a73cb}', '{north}'),
	('01a22959-681c-7609-8cea-6d87b96c80c9', '2026-11-29 22:07:34.940387+00', 'admin', 'admin', '', 'scores_exported', '{01a22959-5193-7497-b020-92a80f5a73cb}', '{north}');


--
-- Data for Name: dead_letter; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--



--
-- Data for Name: directory_copy; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.directory_copy VALUES
	('01a22959-458d-72bc-8303-bf3637a0c371', 'department', 1, '\x0a2430316132323935392d343538642d373262632d383330332d6266333633376130633337311204726f6f741a0c4f7267616e69736174696f6e20012a00'),
	('01a22959-5193-7497-b020-92a74f2fab4b', 'department', 2, '\x0a2430316132323935392d353139332d373439372d623032302d39326137346632666162346212056669656c641a054669656c6420022a260a2430316132323935392d343538642d373262632d383330332d626633363337613063333731'),
	('01a22959-5193-7497-b020-92a80f5a73cb', 'department', 2, '\x0a2430316132323935392d353139332d373439372d623032302d39326138306635613733636212056e6f7274681a054e6f72746820022a260a2430316132323935392d353139332d373439372d623032302d393261373466326661623462'),
	('01a22959-5193-7497-b020-92a9f6f71759', 'department', 2, '\x0a2430316132323935392d353139332d373439372d623032302d3932613966366637313735391205736f7574681a05536f75746820022a260a2430316132323935392d353139332d373439372d623032302d393261373466326661623462'),
	('01a22959-5193-7497-b020-92aa0fcae979', 'department', 2, '\x0a2430316132323935392d353139332d373439372d623032302d3932616130666361653937391204726967611a0552c4ab676120022a260a2430316132323935392d353139332d373439372d623032302d393261383066356137336362'),
	('01a22959-5193-7497-b020-92acab8971a8', 'department', 2, '\x0a2430316132323935392d353139332d373439372d623032302d39326163616238393731613812076c696570616a611a084c696570c4816a6120022a260a2430316132323935392d353139332d373439372d623032302d393261396636663731373539'),
	('01a22959-5193-7497-b020-92aef602acaa', 'department', 2, '\x0a2430316132323935392d353139332d373439372d623032302d393261656636303261636161120563616c6c731a0543616c6c7320022a260a2430316132323935392d353139332d373439372d623032302d393261643230393931326137'),
	('01a22959-51a9-77ae-b3c9-f4427ef576ea', 'touchpoint', 3, '\x0a2430316132323935392d353161392d373761652d623363392d663434323765663537366561120473686f701a0453686f7020032a0553544f524532300a2430316132323935392d353139332d373439372d623032302d39326161306663616539373912087075726368617365'),
	('01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'touchpoint', 3, '\x0a2430316132323935392d353161392d373761652d623363392d66343433386365376330306212067265706169721a06526570616972200332350a2430316132323935392d353139332d373439372d623032302d393261626437353064326264120d706f73742d7075726368617365'),
	('01a22959-51a9-77ae-b3c9-f444be6d1c92', 'touchpoint', 3, '\x0a2430316132323935392d353161392d373761652d623363392d6634343462653664316339321207636f756e7465721a07436f756e74657220032a0553544f524532300a2430316132323935392d353139332d373439372d623032302d39326163616238393731613812087075726368617365'),
	('01a22959-5193-7497-b020-92ad209912a7', 'department', 4, '\x0a2430316132323935392d353139332d373439372d623032302d3932616432303939313261371204636172651a0d437573746f6d6572206361726520042a260a2430316132323935392d343538642d373262632d383330332d626633363337613063333731320443617265'),
	('01a22959-5193-7497-b020-92abd750d2bd', 'department', 5, '\x0a2430316132323935392d353139332d373439372d623032302d393261626437353064326264120876616c6d696572611a0856616c6d6965726120052a2a0a2430316132323935392d353139332d373439372d623032302d39326138306635613733636218b1a0012a2a0a2430316132323935392d353139332d373439372d623032302d39326139663666373137353910b1a001'),
	('01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'touchpoint', 6, '\x0a2430316132323935392d353161392d373761652d623363392d6634343564633762623563651207686f746c696e651a07486f746c696e6520062a0550484f4e4532390a2430316132323935392d353139332d373439372d623032302d393261643230393931326137120d706f73742d707572636861736520dea00132330a2430316132323935392d353139332d373439372d623032302d39326165663630326163616112076c6f79616c747918dea001'),
	('01a22959-557e-76f0-baaf-b766c4bc234f', 'department', 9, '\x0a2430316132323935392d353537652d373666302d626161662d62373636633462633233346612056b696f736b1a054b696f736b20092a2a0a2430316132323935392d353139332d373439372d623032302d39326139663666373137353918fda0012a2a0a2430316132323935392d353139332d373439372d623032302d39326163616238393731613810fda00138fda001422430316132323935392d353139332d373439372d623032302d393261636162383937316138'),
	('01a22959-5595-73e0-941d-dd9c4525375a', 'touchpoint', 10, '\x0a2430316132323935392d353539352d373365302d393431642d646439633435323533373561120677696e646f771a0657696e646f77200a32340a2430316132323935392d353537652d373666302d626161662d6237363663346263323334661208707572636861736520fda00132340a2430316132323935392d353139332d373439372d623032302d3932616361623839373161381208707572636861736518fda001');


--
-- Data for Name: directory_state; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.directory_state VALUES
	(true, 10, 'Europe/Riga', '01a22959-458d-72bc-8303-bf3637a0c371');


--
-- Data for Name: metrics_block; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--



--
-- Data for Name: metrics_definition; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.metrics_definition VALUES
	('nps', 1, 'Net Promoter Score', 'POINTS', true, 'NET_PROMOTERS', 'NPS', '100 x (answers 9 and 10 - answers 0 to 6) / all answers', 'everyone who answered the question', 10, NULL, NULL, '', '{}', '{}', false),
	('csat', 1, 'Customer satisfaction', 'SHARE', true, 'TOP_TWO', 'CSAT', 'answers 4 and 5 / answers 1 to 5', 'valid answers; don''t know is left out', 10, NULL, NULL, '', '{}', '{}', false),
	('friendsAndFamily', 1, 'Friends and family', 'SHARE', true, 'TOP_TWO_OF_ALL', 'CSAT', 'answers 4 and 5 / all answers, don''t know among them', 'everyone who answered the question, don''t know too', 10, NULL, NULL, '', '{}', '{}', false),
	('ces', 1, 'Customer effort 2.0', 'SCALE', true, 'CUSTOMER_EFFORT', 'CES', 'mean of answers 1 to 7', 'everyone who answered the question', 10, NULL, NULL, '', '{}', '{}', false),
	('turnoverRate', 1, 'Staff turnover', 'PER_YEAR', false, 'LEAVERS_PER_PERSON_YEAR', NULL, 'leavers / person-days employed x 365.25', 'time employed in the period; base is the persons employed', 10, NULL, NULL, '', '{}', '{}', false),
	('turnoverRateHeadcount', 1, 'Staff turnover by headcount', 'PER_YEAR', false, 'LEAVERS_PER_HEADCOUNT', NULL, 'leavers / mean headcount at the ends of months / years', 'mean of the headcounts on the last days of months; base is the persons employed', 10, NULL, NULL, '', '{}', '{}', false),
	('enps', 1, 'Employee Net Promoter Score', 'POINTS', true, 'RELEASED', NULL, '100 x (answers 9 and 10 - answers 0 to 6) / all answers, of the latest wave', 'employees who answered the question in the latest wave that asked the department', 10, NULL, NULL, '', '{}', '{}', false),
	('engagement', 1, 'Engagement', 'SHARE', true, 'RELEASED', NULL, 'mean over questions of answers 4 and 5 / answers given, of the latest wave', 'employees who answered two thirds or more of the items of agreement', 5, NULL, NULL, '', '{}', '{}', false),
	('participationRate', 1, 'Participation in employee surveys', 'SHARE', true, 'RELEASED', NULL, 'ballots with a scored answer / employees invited, of the latest wave; to 5 % where few did or did not', 'employees invited, in the latest wave that asked the department', 5, NULL, NULL, '', '{}', '{}', false),
	('burnout', 1, 'Burnout', 'SCALE', false, 'RELEASED', NULL, 'mean over employees of their items, scored 0, 25, 50, 75, 100, of the latest wave', 'employees who answered two thirds or more of the items of burnout', 10, NULL, NULL, '', '{}', '{}', false),
	('inShop', 1, 'Name of inShop', 'SHARE', true, 'SHARE', NULL, 'answer shop / answers; question where of the survey every', 'everyone who answered the question; don''t know is left out', 10, '01a22959-51ee-768d-ac24-139c627616e2', '01a22959-51ee-768d-ac24-13a356cdce19', '', '{shop}', '{}', false),
	('inShop', 2, 'Name of inShop', 'SHARE', true, 'SHARE', NULL, 'answers shop, phone / answers; question where of the survey every', 'everyone who answered the question; don''t know is left out', 10, '01a22959-51ee-768d-ac24-139c627616e2', '01a22959-51ee-768d-ac24-13a356cdce19', '', '{shop,phone}', '{}', false),
	('likedShop', 1, 'Name of likedShop', 'SHARE', true, 'SHARE', NULL, 'answer 1 / answers; question liked of the survey every, option shop: 1 chosen, 0 not', 'everyone who answered the question; don''t know is left out', 10, '01a22959-51ee-768d-ac24-139c627616e2', '01a22959-51ee-768d-ac24-13a4c2fd1347', 'shop', '{1}', '{}', false),
	('stars', 1, 'Name of stars', 'SCALE', true, 'MEAN', NULL, 'mean of the answers; question stars of the survey every', 'everyone who answered the question; don''t know is left out', 10, '01a22959-51ee-768d-ac24-139c627616e2', '01a22959-51ee-768d-ac24-13a2c535221c', '', '{}', '{}', false),
	('effort', 1, 'Name of effort', 'SCALE', false, 'MEAN', 'CES1', 'mean of the answers; first CES1 question of each survey in the scorecard', 'everyone who answered the question; don''t know is left out', 10, NULL, NULL, '', '{}', '{}', false);


--
-- Data for Name: metrics_dimension_set; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.metrics_dimension_set OVERRIDING SYSTEM VALUE VALUES
	(1, 0, 0, 0, 0, 0),
	(2, 0, 0, 0, 0, 29),
	(3, 0, 0, 0, 0, 30),
	(4, 0, 0, 0, 26, 30),
	(5, 0, 0, 0, 27, 29),
	(6, 0, 0, 0, 27, 30),
	(7, 0, 0, 0, 28, 29),
	(8, 0, 0, 22, 0, 0),
	(9, 0, 0, 22, 0, 29),
	(10, 0, 0, 22, 0, 30),
	(11, 0, 0, 22, 26, 29),
	(12, 0, 0, 22, 26, 30),
	(13, 0, 0, 22, 27, 29),
	(14, 0, 0, 22, 27, 30),
	(15, 0, 0, 22, 28, 29),
	(16, 0, 0, 22, 28, 30),
	(17, 0, 0, 23, 0, 29),
	(18, 0, 0, 23, 0, 30),
	(19, 0, 0, 23, 26, 0),
	(20, 0, 0, 23, 26, 30),
	(21, 0, 0, 23, 27, 0),
	(22, 0, 0, 23, 27, 29),
	(23, 0, 0, 23, 27, 30),
	(24, 0, 0, 23, 28, 29),
	(25, 0, 0, 23, 28, 30),
	(26, 16, 21, 22, 0, 0),
	(27, 16, 21, 22, 0, 29),
	(28, 16, 21, 22, 0, 30),
	(29, 16, 21, 22, 26, 29),
	(30, 16, 21, 22, 26, 30),
	(31, 16, 21, 22, 27, 0),
	(32, 16, 21, 22, 28, 0),
	(33, 16, 21, 22, 28, 30),
	(34, 16, 21, 23, 0, 0),
	(35, 16, 21, 23, 26, 29),
	(36, 16, 21, 23, 27, 0),
	(37, 16, 21, 23, 27, 29),
	(38, 16, 21, 23, 27, 30),
	(39, 16, 21, 23, 28, 0),
	(40, 16, 21, 23, 28, 30),
	(41, 16, 21, 25, 0, 0),
	(42, 16, 21, 25, 0, 29),
	(43, 16, 21, 25, 26, 0),
	(44, 16, 21, 25, 27, 29),
	(45, 16, 21, 25, 27, 30),
	(46, 16, 21, 25, 28, 0),
	(47, 16, 21, 25, 28, 29),
	(48, 16, 21, 25, 28, 30),
	(49, 17, 20, 0, 0, 29),
	(50, 17, 20, 0, 0, 30),
	(51, 17, 20, 0, 26, 0),
	(52, 17, 20, 0, 26, 30),
	(53, 17, 20, 0, 27, 0),
	(54, 17, 20, 0, 28, 0),
	(55, 17, 20, 0, 28, 30),
	(56, 17, 20, 22, 0, 30),
	(57, 17, 20, 22, 26, 0),
	(58, 17, 20, 22, 27, 29),
	(59, 17, 20, 22, 27, 30),
	(60, 17, 20, 22, 28, 0),
	(61, 17, 20, 22, 28, 30),
	(62, 17, 20, 23, 0, 30),
	(63, 17, 20, 23, 26, 0),
	(64, 17, 20, 23, 26, 29),
	(65, 17, 20, 23, 26, 30),
	(66, 17, 20, 23, 27, 29),
	(67, 17, 20, 23, 28, 0),
	(68, 17, 20, 23, 28, 29),
	(69, 17, 20, 23, 28, 30),
	(70, 18, 21, 22, 0, 29),
	(71, 18, 21, 22, 0, 30),
	(72, 18, 21, 22, 26, 0),
	(73, 18, 21, 22, 26, 29),
	(74, 18, 21, 22, 26, 30),
	(75, 18, 21, 22, 27, 29),
	(76, 18, 21, 22, 28, 0),
	(77, 18, 21, 22, 28, 29),
	(78, 18, 21, 22, 28, 30),
	(79, 18, 21, 23, 0, 0),
	(80, 18, 21, 23, 26, 30),
	(81, 18, 21, 23, 27, 0),
	(82, 18, 21, 23, 27, 29),
	(83, 18, 21, 23, 27, 30),
	(84, 18, 21, 23, 28, 29),
	(85, 18, 21, 23, 28, 30),
	(86, 18, 21, 25, 0, 30),
	(87, 18, 21, 25, 26, 29),
	(88, 18, 21, 25, 28, 0),
	(89, 18, 21, 25, 28, 29),
	(90, 18, 21, 25, 28, 30),
	(91, 19, 20, 22, 0, 30),
	(92, 19, 20, 22, 26, 30),
	(93, 19, 20, 22, 27, 0),
	(94, 19, 20, 22, 28, 0),
	(95, 19, 20, 22, 28, 29),
	(96, 19, 20, 23, 0, 0),
	(97, 19, 20, 23, 0, 30),
	(98, 19, 20, 23, 26, 0),
	(99, 19, 20, 23, 26, 29),
	(100, 19, 20, 23, 26, 30);
INSERT INTO public.metrics_dimension_set OVERRIDING SYSTEM VALUE VALUES
	(101, 19, 20, 23, 27, 0),
	(102, 19, 20, 23, 27, 29),
	(103, 19, 20, 23, 27, 30),
	(104, 19, 20, 23, 28, 0),
	(105, 19, 20, 24, 0, 29),
	(106, 19, 20, 24, 0, 30),
	(107, 19, 20, 24, 26, 0),
	(108, 19, 20, 24, 26, 30),
	(109, 19, 20, 24, 27, 29),
	(110, 19, 20, 24, 27, 30),
	(111, 19, 20, 24, 28, 30),
	(112, 0, 0, 0, 26, 0),
	(113, 0, 0, 0, 26, 29),
	(114, 0, 0, 0, 27, 0),
	(115, 0, 0, 22, 26, 0),
	(116, 0, 0, 23, 26, 29),
	(117, 0, 0, 23, 28, 0),
	(118, 16, 21, 22, 26, 0),
	(119, 16, 21, 22, 27, 30),
	(120, 16, 21, 22, 28, 29),
	(121, 16, 21, 23, 0, 30),
	(122, 16, 21, 23, 26, 30),
	(123, 16, 21, 23, 28, 29),
	(124, 16, 21, 25, 0, 30),
	(125, 16, 21, 25, 26, 29),
	(126, 16, 21, 25, 26, 30),
	(127, 16, 21, 25, 27, 0),
	(128, 17, 20, 0, 0, 0),
	(129, 17, 20, 0, 26, 29),
	(130, 17, 20, 22, 0, 29),
	(131, 17, 20, 22, 26, 29),
	(132, 17, 20, 22, 26, 30),
	(133, 17, 20, 23, 27, 30),
	(134, 18, 21, 22, 0, 0),
	(135, 18, 21, 22, 27, 0),
	(136, 18, 21, 23, 0, 29),
	(137, 18, 21, 23, 0, 30),
	(138, 18, 21, 25, 0, 0),
	(139, 18, 21, 25, 0, 29),
	(140, 18, 21, 25, 26, 0),
	(141, 18, 21, 25, 26, 30),
	(142, 18, 21, 25, 27, 30),
	(143, 19, 31, 22, 0, 0),
	(144, 19, 31, 22, 0, 30),
	(145, 19, 31, 22, 26, 30),
	(146, 19, 31, 22, 27, 30),
	(147, 19, 31, 22, 28, 0),
	(148, 19, 31, 22, 28, 29),
	(149, 19, 31, 22, 28, 30),
	(150, 19, 31, 23, 0, 29),
	(151, 19, 31, 23, 27, 30),
	(152, 19, 31, 23, 28, 29),
	(153, 19, 31, 23, 28, 30),
	(154, 19, 31, 24, 0, 30),
	(155, 19, 31, 24, 27, 29),
	(156, 19, 31, 24, 28, 0),
	(157, 19, 31, 24, 28, 30),
	(158, 19, 20, 23, 0, 29);


--
-- Data for Name: metrics_employment; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.metrics_employment VALUES
	('01a22959-5557-7561-8df2-bd103c932eab', 1),
	('01a22959-5557-7561-8df2-bd115b61bff4', 1),
	('01a22959-5557-7561-8df2-bd1201eefddf', 1),
	('01a22959-5557-7561-8df2-bd13826585c3', 1),
	('01a22959-5557-7561-8df2-bd148970213a', 1),
	('01a22959-5557-7561-8df2-bd15bfda7d6c', 1),
	('01a22959-5557-7561-8df2-bd169a25597c', 1),
	('01a22959-5557-7561-8df2-bd177ff44bbd', 1),
	('01a22959-5557-7561-8df2-bd1897d8c751', 1),
	('01a22959-5557-7561-8df2-bd190bab3513', 1),
	('01a22959-5557-7561-8df2-bd1a0266b655', 1),
	('01a22959-5557-7561-8df2-bd1b3f683c65', 1),
	('01a22959-5557-7561-8df2-bd1c827c2c71', 1),
	('01a22959-5557-7561-8df2-bd1d6f944206', 1),
	('01a22959-5557-7561-8df2-bd1e257b39a8', 1),
	('01a22959-5557-7561-8df2-bd1fad6453f5', 1),
	('01a22959-5557-7561-8df2-bd20319bae99', 1),
	('01a22959-5557-7561-8df2-bd218c80b467', 1),
	('01a22959-5557-7561-8df2-bd220a676f1e', 1),
	('01a22959-5557-7561-8df2-bd23a0a9c807', 1),
	('01a22959-5557-7561-8df2-bd24fed7514f', 1),
	('01a22959-5557-7561-8df2-bd25aa11b39b', 1),
	('01a22959-5557-7561-8df2-bd265cc4cce4', 1),
	('01a22959-5557-7561-8df2-bd27b285ac0a', 1),
	('01a22959-5557-7561-8df2-bd283fcb6ff6', 1),
	('01a22959-5557-7561-8df2-bd297648cebe', 1),
	('01a22959-5557-7561-8df2-bd2a3d306c24', 1),
	('01a22959-5557-7561-8df2-bd2b56c34305', 1),
	('01a22959-5557-7561-8df2-bd2c6ebef6ca', 1),
	('01a22959-5557-7561-8df2-bd2d56ec0260', 1),
	('01a22959-5557-7561-8df2-bd2edc075a74', 1),
	('01a22959-5557-7561-8df2-bd2f56441299', 1),
	('01a22959-5557-7561-8df2-bd30a9c90e85', 1),
	('01a22959-5557-7561-8df2-bd318aca7e7f', 1),
	('01a22959-5557-7561-8df2-bd32dedbdc00', 1),
	('01a22959-5557-7561-8df2-bd33b9bbf701', 1),
	('01a22959-5557-7561-8df2-bd348c4ce86a', 1),
	('01a22959-5557-7561-8df2-bd35fd8113f5', 1),
	('01a22959-5557-7561-8df2-bd36069f5b4f', 1),
	('01a22959-5557-7561-8df2-bd37922d4830', 1),
	('01a22959-55d7-7127-94ac-0721c1b2dc35', 1),
	('01a22959-55d7-7127-94ac-07224044e626', 1),
	('01a22959-55d7-7127-94ac-0723fbabfcab', 1),
	('01a22959-55d7-7127-94ac-072435a6c102', 1),
	('01a22959-55d7-7127-94ac-07252afe2701', 1),
	('01a22959-55d7-7127-94ac-07263f1e0855', 1),
	('01a22959-55d7-7127-94ac-07276d7f8655', 1),
	('01a22959-55d7-7127-94ac-0728278120f9', 1),
	('01a22959-55d7-7127-94ac-0729283c838f', 1),
	('01a22959-55d7-7127-94ac-072a1ec047d9', 1),
	('01a22959-55d7-7127-94ac-072beeaefa99', 1),
	('01a22959-55d7-7127-94ac-072cb6a715be', 1),
	('01a22959-55d7-7127-94ac-072d4991469c', 1),
	('01a22959-55d7-7127-94ac-072efe797e57', 1),
	('01a22959-55d7-7127-94ac-072ff17baa9d', 1),
	('01a22959-55d7-7127-94ac-07305cd256e0', 1),
	('01a22959-55d7-7127-94ac-0731cb6a7c9f', 1),
	('01a22959-55d7-7127-94ac-07323af88541', 1),
	('01a22959-55d7-7127-94ac-0733a15e268b', 1),
	('01a22959-55d7-7127-94ac-0734c6925a8a', 1),
	('01a22959-55d7-7127-94ac-07355e96b12d', 1),
	('01a22959-55d7-7127-94ac-0736fe3e15d3', 1),
	('01a22959-55d7-7127-94ac-0737246ce331', 1),
	('01a22959-55d7-7127-94ac-07385eedcbb1', 1),
	('01a22959-55d7-7127-94ac-07393a9210e1', 1),
	('01a22959-55d7-7127-94ac-073ac0f3982c', 1),
	('01a22959-55d7-7127-94ac-073b77988c0b', 1),
	('01a22959-55d7-7127-94ac-073cc98aa8c7', 1),
	('01a22959-55d7-7127-94ac-073d9eb4aed5', 1),
	('01a22959-55d7-7127-94ac-073e89d418ab', 1),
	('01a22959-55d7-7127-94ac-073f95c6f59c', 1),
	('01a22959-55d7-7127-94ac-074079fb1c09', 1),
	('01a22959-55d7-7127-94ac-0741e710fc1e', 1),
	('01a22959-55d7-7127-94ac-0742b9538380', 1),
	('01a22959-55d7-7127-94ac-074376188b05', 1),
	('01a22959-55d7-7127-94ac-07448f2c8726', 1),
	('01a22959-55d7-7127-94ac-07458c7f9cff', 1),
	('01a22959-55d7-7127-94ac-07463f71989e', 1),
	('01a22959-55d7-7127-94ac-0747d4f3ac79', 1),
	('01a22959-55d7-7127-94ac-07482f3bd490', 1),
	('01a22959-55d7-7127-94ac-07494547f5bf', 1),
	('01a22959-55d7-7127-94ac-074ad470bcfc', 1),
	('01a22959-55d7-7127-94ac-074b7e51daa3', 1),
	('01a22959-55d7-7127-94ac-074ca2c0f4b8', 1),
	('01a22959-55d7-7127-94ac-074dde27b55f', 1),
	('01a22959-55d7-7127-94ac-074e6396c36d', 1),
	('01a22959-55d7-7127-94ac-074f25158365', 1),
	('01a22959-55d7-7127-94ac-075037072e75', 1),
	('01a22959-55d7-7127-94ac-0751f793f948', 1),
	('01a22959-55d7-7127-94ac-075206601b9f', 1),
	('01a22959-55d7-7127-94ac-0753a7c51181', 1),
	('01a22959-55d7-7127-94ac-07548631d450', 1),
	('01a22959-55d7-7127-94ac-075596d042f8', 1),
	('01a22959-55d7-7127-94ac-0756b89eaf38', 1),
	('01a22959-55d7-7127-94ac-07579953b096', 1),
	('01a22959-55d7-7127-94ac-0758a52bc399', 1),
	('01a22959-55d7-7127-94ac-0759fea813fb', 1),
	('01a22959-55d7-7127-94ac-075af806ca93', 1),
	('01a22959-55d7-7127-94ac-075bb302162d', 1),
	('01a22959-55d7-7127-94ac-075ce79b8cea', 1);
INSERT INTO public.metrics_employment VALUES
	('01a22959-55d7-7127-94ac-075d56cf07bb', 1),
	('01a22959-55d7-7127-94ac-075e67837814', 1),
	('01a22959-55d7-7127-94ac-075f85f74f3a', 1),
	('01a22959-55d7-7127-94ac-0760f429e8fc', 1),
	('01a22959-55d7-7127-94ac-07617b008700', 1),
	('01a22959-55d7-7127-94ac-0762063fb2e0', 1),
	('01a22959-55d7-7127-94ac-076375d76a07', 1),
	('01a22959-55d7-7127-94ac-0764d40cf9b3', 1),
	('01a22959-55d7-7127-94ac-07653a9c80ad', 1),
	('01a22959-55d7-7127-94ac-076653dededc', 1);


--
-- Data for Name: metrics_employment_whole; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--



--
-- Data for Name: metrics_inbox; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.metrics_inbox VALUES
	(11, 1, 9),
	(9, 1, 9),
	(15, 1, 9),
	(10, 1, 9),
	(14, 1, 9),
	(12, 1, 9),
	(13, 1, 9),
	(11, 1, 11),
	(9, 1, 11),
	(15, 1, 11),
	(10, 1, 11),
	(14, 1, 11),
	(12, 1, 11),
	(13, 1, 11),
	(12, 1, 16),
	(13, 1, 17),
	(13, 1, 18),
	(11, 1, 19),
	(11, 1, 20),
	(11, 1, 21),
	(11, 1, 22),
	(12, 1, 23),
	(13, 1, 24),
	(11, 1, 25),
	(11, 1, 26),
	(9, 1, 27),
	(13, 1, 28),
	(12, 1, 29),
	(12, 1, 30),
	(14, 1, 31),
	(12, 1, 32),
	(13, 1, 33),
	(9, 1, 34),
	(10, 1, 35),
	(12, 1, 36),
	(11, 1, 37),
	(9, 1, 38),
	(13, 1, 39),
	(11, 1, 40),
	(13, 1, 41),
	(12, 1, 42),
	(11, 1, 43),
	(13, 1, 44),
	(11, 1, 45),
	(10, 1, 46),
	(10, 1, 47),
	(12, 1, 48),
	(12, 1, 49),
	(11, 1, 50),
	(13, 1, 51),
	(13, 1, 52),
	(12, 1, 53),
	(13, 1, 54),
	(11, 1, 55),
	(11, 1, 56),
	(13, 1, 57),
	(15, 1, 58),
	(13, 1, 59),
	(14, 1, 60);


--
-- Data for Name: metrics_journal; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.metrics_journal VALUES
	(9, 1, 1, '\x09315003000000010703ffff01ff000001125014000000010904010300ffffffffb04f08000000010603ff04ff01010101b24f08000000010003010101000101010d50190000000103ff00020202ffffffcb4f1600000001060101020200010101c94f17000000010a0501030400000101d04f02000000010604010003000001007a4f160000000106ff00030302ffffff', NULL),
	(9, 2, 1, '\x01e14f120000000109', NULL),
	(9, 4, 1, '\x017e4f0a0000000101', NULL),
	(10, 1, 1, '\x09844f09000000010a04050203020001013750070000000100010003030101000026500700000001070504010002010101fb4f11000000010affffff00010000017d4f07000000010aff02ffff02ffffffa74f08000000010601ff0202ff010001934f120000000109ffff02ffff000100a14f0400000001090405ff0400010101', NULL),
	(11, 1, 1, '\x09884f2a000000010a0501030300000101a54f2a00000001070300000001010101994f30000000010a030503ffff000001bb4f1b000000010803ffffffff010101e04f2c000000010affffff0302ffffff09501a00000001070006040201010101c04f230000000103ff03ff0000ffffffd84f2600000001070105ff0000010001d74f1d00000001000303030101ffffffc34f1f00000001030302000400010100d24f2f0000000108040503ff00fffffffc4f1c000000010704ff04ffff010101fa4f1a000000010701ff0404ffffffffee4f24000000010a03020004000101017a4f200000000106ff06ff03000100016e4f100000000108ff06ff0202010101914f23000000010003ffff0401000101984f2f000000010a04ffff0301010001944f1d0000000106030603010101010032502800000001030500ff0102ffffff974f0700000001090101020402010101d44f160000000108030304ff010101016c4f27000000010804ff04ff02010001f34f05000000010004ff030302010000904f2f000000010a0302010402ffffff17501c00000001000204000100000100ab4f26000000010a0400040402000100275023000000010703050200ffffffff28501d0000000106ff050302ff0101013d501a00000001060305ff02010100002d5004000000010a000600ff01010000b64f20000000010aff05ff03020101002b5022000000010004050201ff010101d34f1c000000010a00040301020101011d5025000000010602040303ff01000024503000000001030502ff04ff010000b74f21000000010a010203ff00010001055012000000010a0000ffffff010101f64f1e0000000103ffff020002ffffffe24f1b00000001030500030300000001105020000000010a01ffffff01010101', NULL),
	(11, 2, 1, '\x01b84f2b0000000106824f300000000105d14f0b0000000103b04f2a0000000106', NULL),
	(11, 4, 1, '\x01cf4f1f00000001009b4f1a00000001020e502f0000000106', NULL),
	(11, 5, 1, '\x011e502e0000000106', NULL),
	(11, 6, 1, '\x0125502f0000000106b34f230000000109a44f2d00000001083850210000000105b44f29000000010104502500000001088b4f180000000102', NULL),
	(12, 1, 1, '\x098b4f1100000001000301ffff02010101714f450000000109030303ff00010001924f09000000010a01ffff0000fffffff54f3300000001090005010000000101075033000000010a0305040302ffffffa24f06000000010a02ff030300000001be4f3b000000010a0500030102ffffff904f0300000001080202ffffff010101f74f33000000010a0105020000ffffffe44f3700000001080302030002010101b54f31000000010affff010100ffffffb14f3c000000010701ff040101ffffff3c5040000000010004ff0203020101001d503200000001070501ff0201000100784f38000000010a0505020000000100f24f380000000108ff06040101ffffff21503f00000001060005ff0402ffffff345035000000010a01ff010100000100e94f450000000103010403000001000008504200000001000504000001000100894f32000000010904ff040101010101c74f400000000100010401ff0001010135503400000001000406ff0202010101f04f030000000103ff02ff03020101019d4f1100000001090401ff02000101018d4f390000000106ff030303ff010101db4f43000000010a00ff04ff0000010129504100000001060005000001ffffff964f3b00000001090504ff0201ffffff0c50340000000103ff05010201ffffffca4f150000000109020301000101000022504400000001090401020000ffffff', NULL),
	(12, 2, 1, '\x01e84f3d0000000109a94f4200000001081f50360000000107', NULL),
	(12, 4, 1, '\x01854f420000000100', NULL),
	(12, 5, 1, '\x013f503a0000000106814f3e0000000103', NULL),
	(12, 6, 1, '\x010c503d0000000106', NULL),
	(13, 1, 1, '\x09e34f54000000010a00ffff0201010101c64f4700000001070004020300ffffff165047000000010305000002ffffffff9f4f4800000001090004040102ffffff7b4f120000000107000301ff010100010a500d0000000108ff01ffff00ffffff6d4f4a000000010601060101000001011b5049000000010603ffff01ff000001a64f5a000000010803ff0102ffffffffaa4f10000000010a030204ffff000100804f4e000000010aff02030301010101784f4d000000010aff020400ff0001003e505100000001090306ffffff0100011450520000000106ffff00ffffffffff23501800000001080205ff01ff0101017f4f4d0000000108ff020002ff0101011950590000000107ffff030001000100ae4f4a0000000106000103ff01010101f14f4600000001030301040002ffffffc24f5a000000010002030402020101013650460000000107050603ff010001011a5058000000010802ffff00ff000001d94f50000000010a04ffff01ff010101fd4f5400000001060205ffff01010000f44f560000000108ff0300000001010103500f000000010800010204ffffffffac4f0a000000010aff00030402ffffffec4f4d00000001070406030202010101a04f4c00000001070200030302010101764f5500000001070501ff0000ffffff2c504b0000000109ff020402ff010101005046000000010a0103040000010001e64f4f000000010605000203ff010001874f46000000010a0104000200010000834f5a000000010a0506ffff00000100025055000000010005ff0101ff010100a84f07000000010a030003ff00ffffff', NULL),
	(13, 2, 1, '\x011150530000000101015057000000010ac14f100000000107', NULL),
	(13, 4, 1, '\x013a50500000000105', NULL),
	(13, 5, 1, '\x01c54f060000000103ba4f0c0000000104', NULL),
	(13, 6, 1, '\x016f4f530000000103734f16000000010a', NULL),
	(14, 1, 1, '\x09c84f66000000010003000101ff000001724f690000000109010601ffff010001fa4f61000000010a03ff040000ffffffb94f62000000010801020401ffffffff704f6100000001060305000302000001395067000000010a0300030300ffffff13505f0000000108040600ffff01000115505d000000010a01ff000201ffffff8e4f65000000010700ffff0000000100874f5c000000010affff030301ffffffeb4f6b000000010303ff0100ffffffff18506c00000001070202ff0102ffffffe54f61000000010a02050101ff00010034505e00000001070401040201000100d74f60000000010a05ff010101010100754f6a000000010aff05ffff02010101c54f69000000010a0305030202ffffffe74f6e00000001060106ff00ff010001954f6a000000010aff0302ff02ffffffdd4f6600000001060204030301ffffff3b506f0000000108ff0103ff02ffffffed4f6d000000010804ff0100010100012f506c000000010aff000104ff010101', NULL),
	(14, 2, 1, '\x01fe4f650000000103e04f6e0000000103bc4f640000000100f84f5f00000001052e50690000000107', NULL),
	(14, 5, 1, '\x01cd4f680000000103c04f5b0000000106ea4f6f0000000100', NULL),
	(14, 6, 1, '\x01da4f630000000104cd4f6d0000000100', NULL),
	(15, 1, 1, '\x099e4f190000000100000000ff02010101d54f0e000000010805ff00ff00010000dc4f10000000010a030502ffff000001744f040000000106ff01ffff02010001a34f0100000001060205000300000100', NULL),
	(15, 5, 1, '\x019b4f110000000100', NULL),
	(15, 6, 1, '\x0107501300000001042a50160000000103', NULL),
	(9, 1, 2, '\x0cb6500f0000000103ff0204ff02010101ff00ffe250700000000100ffff0104ff010101ff00ff7e5008000000010a00020100ff010001ff00ff135106000000010003ff04ff00010101ff00ff7c501600000001000201010200010101ff00ff66501300000001070104ffff01010101ff00ff46501800000001030305020201010101ff00ff07510f00000001060202000401ffffffffffffb95070000000010601ff03ff00010100ff00ffcc50120000000108ff0201ff02010000ff00ff4c5070000000010902ffffff01010000ff00ff', NULL),
	(10, 1, 2, '\x0ca6507500000001070403020302010101ff00ff5a5019000000010803ff010201000101ff00ff5050740000000109030302ffff000001ff00ff915072000000010a0005030000000101ff00ff555075000000010a01020204ff010101ff00fff9501100000001080400ff04ff010001ff00ff', NULL),
	(10, 4, 1, '\x0164500a0000000102', NULL),
	(10, 6, 1, '\x01d95013000000010a', NULL),
	(11, 1, 2, '\x0cda507900000001080402ffff00010001ff00ffcb501600000001000502ffff00ffffffffffffde507c000000010703000303ff000001ff00ffaa5020000000010701ff040001010101ff00ff4d507a0000000109050204ffff010101ff00ff44507f00000001060303ff0201ffffffffffffd050270000000108ffff040400010001ff00ff83507c00000001060204010200ffffffffffff0351200000000107ff0103ff02010000ff00ff58502200000001030301040102000100ff00ff8750750000000108ff01ffff00010001ff00ffd750760000000108ff05ff0402000100ff00fff65012000000010a03ff03ffff010000ff00ff73501f000000010a0305000302ffffffffffffdc501d00000001030300010102010101ff00ff48507c000000010a02050000ffffffffffffffe8507600000001060001ff0102000101ff00ffe7502f0000000106ff000001ff000001ff00ff995078000000010a0406ff0100fffffffffffffe5027000000010aff0602ffff000100ff00ff53502300000001070202040400000001ff00ff41507e00000001030401ff01ff000101ff00ff6a50230000000100ffff040202010101ff00ff65500f0000000103ff0103ff00010100ff00ff9950290000000103ff02010102010100ff00ff495076000000010a04ff01ff02010101ff00ff86502e00000001000105040202010100ff00ff13510f000000010a01ff030400000101ff00ffe3502100000001070406040301ffffffffffff625030000000010902050001ff000001ff00ff14517f00000001090405000302010100ff00ffb4502500000001030504000201010101ff00ffcd5015000000010002ff040301ffffffffffffd55003000000010801ff010301010000ff00ff01511a000000010a0306030201010101ff00ffd2500700000001070502020102010001ff00ff03517c000000010a0100040200000001ff00ff7a507e00000001080103020001ffffffffffff56507d0000000107ff06010101000100ff00ff45501f0000000100ff0104ffff010100ff00ffe3502a0000000100ff04ff02ff000101ff00ffac5028000000010a030403ff01000100ff00ff57502c000000010704ff010000010101ff00ff5b507f0000000100ffff0301ff010100ff00ffef501c000000010affff020202010101ff00fff7502000000001080401ff03ff000100ff00ff96502b0000000106020004ff00000100ff00ffc0501d00000001000204ff0302ffffffffffffdc50760000000108ff02010200000101ff00ff95507300000001090004000302010101ff00ff82507b0000000109ff0003ff02000101ff00ff44502200000001030304ff0101010101ff00ff', NULL),
	(11, 2, 2, '\x017f502600000001080c51230000000100c650120000000102d8507700000001087c502d00000001036c50080000000108', NULL),
	(11, 4, 2, '\x01935025000000010376502d0000000107', NULL),
	(11, 5, 2, '\x01fb507c0000000107', NULL),
	(11, 6, 2, '\x01af501b0000000106715020000000010154507c000000010910517f0000000108bb502300000001050e510a00000001088d501f000000010764500b0000000100', NULL),
	(12, 1, 2, '\x0cea50360000000109ff03ff0301010100ff00ffae508400000001030000020202000001ff00ffee501200000001080102030201ffffffffffffa55031000000010705040002ff000100ff00ff74500e000000010a0405000002010100ff00ffa15074000000010600050301ff000100ff00ff9e5074000000010a000300ff02010000ff00ff4f503e00000001090502040100010101ff00ffdd50830000000107ffff04ff01010101ff00ffe9503c0000000100ff05000302ffffffffffff775041000000010a03ff000000ffffffffffff065175000000010300ff000200ffffffffffff78508000000001070306020000010101ff00ff0c513c0000000106040201ff01000001ff00ff0f5182000000010a0402ffff01010100ff00ffbb503b0000000107040303ffff000101ff00ffc750450000000100ff06000101000100ff00ff4a5004000000010803050202ff010001ff00ff9d5043000000010802ffff00ff010101ff00ff8b5081000000010a01ff040401010101ff00ff855011000000010affffff0402010000ff00fff450310000000109ff01010300ffffffffffff0951410000000106ff03010001000100ff00ff9b503f000000010a0406ff00ff010000ff00ff', NULL),
	(12, 2, 2, '\x01ad50740000000104', NULL),
	(12, 4, 2, '\x01b7508500000001056e504200000001025950450000000105', NULL),
	(12, 6, 2, '\x014b500c0000000104d150820000000108', NULL),
	(13, 1, 2, '\x0cce504800000001030001000002010000ff00ff67508c00000001090302ff0400000101ff00fffd508b00000001000106ff01ffffffffffffffb950720000000107ffff030301ffffffffffff425056000000010902ffff0400010100ff00ffb050080000000103030600ff00ffffffffffff47504a000000010005ff0100ff010101ff00ff85504700000001060202040001010101ff00ff8e500e000000010302ff000102010100ff00ffe0508c00000001070305ffff00ffffffffffffb250500000000109ff05ff0001010101ff00ff88500300000001090205040200ffffffffffffec50890000000103ff03030002010101ff00ffb15012000000010a010602ffff000001ff00ff4e5054000000010aff0104ff00010000ff00fffd504700000001070400010402010001ff00ff0a518600000001000002ff0301fffffffffffff45054000000010affff0103ffffffffffffffc3508e00000001060302ff0100000100ff00fff15050000000010900ffffffffffffffffffff7e50490000000109ff03010402010101ff00ffa55089000000010602ff020302010101ff00fff8500f00000001060106ff03ff010101ff00ff9a508d0000000100020602ffff010100ff00ff9f505200000001070306ff0000010101ff00ff04518600000001000002ffff02010101ff00ffed500e000000010a0305010100010101ff00ff7a508b000000010604ff04ff01010101ff00ffa9508a000000010a0001010400000100ff00ff08517100000001090506ff0102000001ff00ff7050560000000108ff03ff0100000101ff00ffd4508700000001080401010100ffffffffffffd65014000000010703ff01ffff010101ff00ff6b50570000000109050500ff00010101ff00ff6d50560000000108ffff03ffff010001ff00ffab50580000000109ff04010402ffffffffffffdf501800000001090304ff0400ffffffffffffa750880000000107ff06010102000100ff00ff', NULL),
	(13, 2, 2, '\x01eb505700000001059050480000000105fa505a0000000107', NULL),
	(13, 4, 2, '\x016f504f0000000107bd50520000000106', NULL),
	(13, 5, 2, '\x01e650490000000104', NULL),
	(13, 6, 2, '\x016950140000000103cf5050000000010a', NULL),
	(14, 1, 2, '\x0c54506b0000000109ff01ff0000ffffffffffff5d509e00000001070503020100000001ff00ff5d5063000000010aff05000200ffffffffffff', NULL),
	(15, 1, 2, '\x0cbf5019000000010a0306000101010000ff00ff5e5093000000010a0300000000000100ff00ffe5509c000000010001ffffffff000001ff00ffca509b00000001080402ff0402010100ff00ff94507200000001070203000001ffffffffffff8c5097000000010303060004ff010100ff00ff11519200000001000502ff0202010101ff00ffbc508f00000001030006010101010100ff00fff2509500000001070406ffffff010000ff00ff695094000000010800ffff0001010001ff00ff605094000000010a0504ff02ffffffffffffffc950700000000107ff0403ffff000101ff00ffc1509d00000001030301ffff02010001ff00ffc8509200000001080001040202000100ff00ff815090000000010aff01010100ffffffffffffa05098000000010aff03ff0300000001ff00ff0e510a000000010005ffff01ff010101ff00ffb5508f00000001090303000001010101ff00ffa250180000000109ffff0000ff010000ff00ff975011000000010005ff040402010100ff00ffbe509d0000000100ff04ffff02ffffffffffff895096000000010303ff020300ffffffffffff9d50910000000100ff010102ff010101ff00fff15092000000010602ff000001010101ff00ffff5008000000010900ff010202000001ff00ffc65097000000010304ffff00ff010101ff00ff', NULL),
	(15, 4, 1, '\x018b501000000001068f50980000000102c2509a0000000107a850960000000107', NULL),
	(15, 5, 2, '\x015f5093000000010a7550940000000104', NULL),
	(15, 6, 2, '\x010051990000000106', NULL),
	(12, 1, 3, '\x0c3c5040000000ff0004ff020302010100ffffff3c5040000000010803ff010000010000ffffff', NULL),
	(13, 1, 3, '\x0c9a508d000000ff00020602ffff010100ff00ff9a508d000000010a0106020200010001ff00ff', NULL),
	(13, 1, 4, '\x0c705056000000ff08ff03ff0100000101ff00ff705056000000010704020000ff010100ff00ff', NULL),
	(11, 1, 3, '\x0c86502e000000ff000105040202010100ff00ff86502e000000010a0300040000ffffffffffff', NULL),
	(11, 1, 4, '\x0ce7502f000000ff06ff000001ff000001ff00ffe7502f000000010903040302ffffffffffffff', NULL),
	(11, 1, 5, '\x0c09501a000000ff070006040201010101ffffff09501a00000001070304030102010001ffffff', NULL),
	(11, 1, 6, '\x0cd24f2f000000ff08040503ff00ffffffffffffd24f2f00000001090504ff0400ffffffffffff', NULL),
	(12, 1, 4, '\x0c9d4f11000000ff090401ff0200010101ffffff9d4f1100000001080001030001000101ffffff', NULL),
	(13, 1, 5, '\x0c8e500e000000ff0302ff000102010100ff00ff8e500e0000000103ff02030000010101ff00ff', NULL),
	(11, 1, 7, '\x0c2d5004000000ff0a000600ff01010000ffffff2d5004000000010a030604ff01ffffffffffff', NULL),
	(11, 1, 8, '\x0c955073000000ff090004000302010101ff00ff955073000000010303ff030200ffffffffffff', NULL),
	(9, 1, 3, '\x0c125014000000ff0904010300ffffffffffffff125014000000010901ff03ff00010001ffffff', NULL),
	(13, 1, 6, '\x0cf44f56000000ff08ff03000000010101fffffff44f5600000001090301ff0301010101ffffff', NULL),
	(12, 1, 5, '\x0c904f03000000ff080202ffffff010101ffffff904f0300000001090400ffff02010100ffffff', NULL),
	(12, 1, 6, '\x0c0c5034000000ff03ff05010201ffffffffffff0c5034000000010a0503020200010101ffffff', NULL),
	(14, 1, 3, '\x0cc84f66000000ff0003000101ff000001ffffffc84f6600000001030404040401010101ffffff', NULL),
	(12, 1, 7, '\x0ce9503c000000ff00ff05000302ffffffffffffe9503c000000010a0300030202000001ff00ff', NULL),
	(13, 1, 7, '\x0cdf5018000000ff090304ff0400ffffffffffffdf5018000000010803ffff0201000100ff00ff', NULL),
	(9, 1, 4, '\x0c0d5019000000ff03ff00020202ffffffffffff0d50190000000100050202ff01ffffffffffff', NULL),
	(10, 1, 3, '\x0c7d4f07000000ff0aff02ffff02ffffffffffff7d4f07000000010a0302030300010100ffffff', NULL),
	(12, 1, 8, '\x0c085042000000ff000504000001000100ffffff08504200000001030406010401010101ffffff', NULL),
	(11, 1, 9, '\x0ce35021000000ff070406040301ffffffffffffe35021000000010a0501030002010101ff00ff', NULL),
	(9, 1, 5, '\x0c135106000000ff0003ff04ff00010101ff00ff13510600000001030406040301010101ff00ff', NULL),
	(13, 1, 8, '\x0ca75088000000ff07ff06010102000100ff00ffa750880000000100ff01000301000100ff00ff', NULL),
	(11, 1, 10, '\x0c914f23000000ff0003ffff0401000101ffffff914f2300000001030403040101ffffffffffff', NULL),
	(13, 1, 9, '\x0ce64f4f000000ff0605000203ff010001ffffff', NULL),
	(12, 1, 9, '\x0cf04f03000000ff03ff02ff0302010101ffffff', NULL),
	(11, 1, 11, '\x0ce85076000000ff060001ff0102000101ff00ff', NULL),
	(13, 1, 10, '\x0c9f5052000000ff070306ff0000010101ff00ff', NULL),
	(11, 1, 12, '\x0caa5020000000ff0701ff040001010101ff00ff', NULL),
	(10, 1, 4, '\x0c934f12000000ff09ffff02ffff000100ffffff', NULL),
	(10, 1, 5, '\x0cfb4f11000000ff0affffff0001000001ffffff', NULL),
	(12, 1, 10, '\x0c095141000000ff06ff03010001000100ff00ff', NULL),
	(12, 1, 11, '\x0c4a5004000000ff0803050202ff010001ff00ff', NULL),
	(11, 1, 13, '\x0cac5028000000ff0a030403ff01000100ff00ff', NULL),
	(13, 1, 11, '\x0c804f4e000000ff0aff02030301010101ffffff', NULL),
	(13, 1, 12, '\x0cf45054000000ff0affff0103ffffffffffffff', NULL),
	(12, 1, 12, '\x0c894f32000000ff0904ff040101010101ffffff', NULL),
	(13, 1, 13, '\x0c6d5056000000ff08ffff03ffff010001ff00ff', NULL),
	(11, 1, 14, '\x0c28501d000000ff06ff050302ff010101ffffff', NULL),
	(11, 1, 15, '\x0ce24f1b000000ff030500030300000001ffffff', NULL),
	(13, 1, 14, '\x0cc24f5a000000ff000203040202010101ffffff', NULL),
	(15, 1, 3, '\x0c9d5091000000ff00ff010102ff010101ff00ff', NULL),
	(13, 1, 15, '\x0cd94f50000000ff0a04ffff01ff010101ffffff', NULL),
	(14, 1, 4, '\x0c5d5063000000ff0aff05000200ffffffffffff', NULL);


--
-- Data for Name: metrics_layout; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.metrics_layout VALUES
	(1, 0, '01a22959-51ee-768d-ac24-139e710fddb8', '{0,1,2,3,4,5,6,7,8,9,10}', 'NPS', '', true),
	(1, 1, '01a22959-51ee-768d-ac24-139f55ea0d9b', '{1,2,3,4,5,DONT_KNOW}', 'CSAT', '', true),
	(1, 2, '01a22959-51ee-768d-ac24-13a0dd3a58db', '{1,2,3,4,5,6,7}', 'CES', '', true),
	(1, 3, '01a22959-51ee-768d-ac24-13a198ff91c9', '{1,2,3,4,5}', 'CES1', '', true),
	(1, 4, '01a22959-51ee-768d-ac24-13a2c535221c', '{0,1,2,3,4}', 'RATING', '', true),
	(1, 5, '01a22959-51ee-768d-ac24-13a356cdce19', '{web,shop,phone}', 'SINGLE_CHOICE', '', true),
	(1, 8, '01a22959-51ee-768d-ac24-13a4c2fd1347', '{0,1}', 'MULTIPLE_CHOICE', 'phone', true),
	(1, 7, '01a22959-51ee-768d-ac24-13a4c2fd1347', '{0,1}', 'MULTIPLE_CHOICE', 'shop', true),
	(1, 6, '01a22959-51ee-768d-ac24-13a4c2fd1347', '{0,1}', 'MULTIPLE_CHOICE', 'web', true),
	(2, 0, '01a22959-5201-77c3-9789-160b4f498fe2', '{0,1,2,3,4,5,6,7,8,9,10}', 'NPS', '', true),
	(3, 0, '01a22959-5212-7520-9d31-8ee5620644a2', '{0,1,2,3,4,5,6,7,8,9,10}', 'NPS', '', true),
	(4, 0, '01a22959-521d-76c5-9a10-5c9e5a0e919b', '{0,1,2,3,4,5,6,7,8,9,10}', 'NPS', '', true),
	(5, 0, '01a22959-5228-7308-bd63-eb8ea3cb17f7', '{0,1,2,3,4,5,6,7,8,9,10}', 'NPS', '', true),
	(6, 0, '01a22959-5232-7371-a7a2-276bfa94685a', '{0,1,2,3,4,5,6,7,8,9,10}', 'NPS', '', true),
	(1, 11, '01a22959-52f4-7002-ba77-709f7e962b1e', '{1,2,3,4,5,DONT_KNOW}', 'CSAT', '', false),
	(1, 9, '01a22959-51ee-768d-ac24-13a356cdce19', '{chat}', 'SINGLE_CHOICE', 'chat', true),
	(1, 10, '01a22959-51ee-768d-ac24-13a4c2fd1347', '{0,1}', 'MULTIPLE_CHOICE', 'chat', true);


--
-- Data for Name: metrics_name; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.metrics_name OVERRIDING SYSTEM VALUE VALUES
	(1, 'survey', '01a22959-51ee-768d-ac24-139c627616e2'),
	(2, 'survey', '01a22959-5201-77c3-9789-1609291fb89d'),
	(3, 'survey', '01a22959-5212-7520-9d31-8ee3a64dfe85'),
	(4, 'survey', '01a22959-521d-76c5-9a10-5c9cad387345'),
	(5, 'survey', '01a22959-5227-734b-a2d5-2018cd181991'),
	(6, 'survey', '01a22959-5232-7371-a7a2-2769b96783dc'),
	(7, 'survey', '01a22959-523e-773f-9e32-ec08e0d3d729'),
	(8, 'survey', '01a22959-524a-72c4-b337-f1701bda949a'),
	(9, 'department', '01a22959-458d-72bc-8303-bf3637a0c371'),
	(10, 'department', '01a22959-5193-7497-b020-92a80f5a73cb'),
	(11, 'department', '01a22959-5193-7497-b020-92aa0fcae979'),
	(12, 'department', '01a22959-5193-7497-b020-92abd750d2bd'),
	(13, 'department', '01a22959-5193-7497-b020-92acab8971a8'),
	(14, 'department', '01a22959-5193-7497-b020-92ad209912a7'),
	(15, 'department', '01a22959-5193-7497-b020-92aef602acaa'),
	(16, 'touchpoint', '01a22959-51a9-77ae-b3c9-f4427ef576ea'),
	(17, 'touchpoint', '01a22959-51a9-77ae-b3c9-f4438ce7c00b'),
	(18, 'touchpoint', '01a22959-51a9-77ae-b3c9-f444be6d1c92'),
	(19, 'touchpoint', '01a22959-51a9-77ae-b3c9-f445dc7bb5ce'),
	(20, 'stage', 'post-purchase'),
	(21, 'stage', 'purchase'),
	(22, 'channel', 'APP'),
	(23, 'channel', 'EMAIL'),
	(24, 'channel', 'PHONE'),
	(25, 'channel', 'STORE'),
	(26, 'segment', 'gold'),
	(27, 'segment', 'loyal'),
	(28, 'segment', 'new'),
	(29, 'language', 'en'),
	(30, 'language', 'lv'),
	(31, 'stage', 'loyalty');


--
-- Data for Name: metrics_rebuild; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--



--
-- Data for Name: metrics_reconciliation; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.metrics_reconciliation VALUES
	(true, '2026-11-29 22:07:32.600384+00', '\x0803209601');


--
-- Data for Name: metrics_released_cell; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.metrics_released_cell VALUES
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-458d-72bc-8303-bf3637a0c371', 'participationRate', NULL, 97, 0.6494845360824743, 0.5504910713012011, 0.7370890603147527, 'Wilson', 0.4771314006353045, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-458d-72bc-8303-bf3637a0c371', 'enps', NULL, 63, -47.619047619, -63.23862190603585, -27.670469003055054, 'adjusted Wald', 73.15376902732008, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-458d-72bc-8303-bf3637a0c371', 'engagement', NULL, 63, 0.317460317, 0.199092349827297, 0.435828284172703, 't', 0.47, '{expected,heard}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-458d-72bc-8303-bf3637a0c371', 'burnout', NULL, 63, 46, 37.43721088537893, 54.56278911462107, 't', 34, '{tired}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-458d-72bc-8303-bf3637a0c371', 'heard', NULL, 63, 0.3333333333333333, 0.2682272982248708, 0.40548570024140973, 'Wilson, finite population', 0.4714045207910317, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-458d-72bc-8303-bf3637a0c371', 'expected', NULL, 63, 0.30158730158730157, 0.23892237343873451, 0.3726407199735042, 'Wilson, finite population', 0.45894705697780824, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-458d-72bc-8303-bf3637a0c371', 'unfair', NULL, 63, 0.23809523809523808, 0.18145937968026368, 0.3058039036238914, 'Wilson, finite population', 0.4259177099999599, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a74f2fab4b', 'participationRate', NULL, 74, 0.6486486486486487, 0.535007626173502, 0.747618115087032, 'Wilson', 0.4773924792609647, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a74f2fab4b', 'enps', NULL, 48, -47.916666667, -65.47986584804357, -24.716212583328982, 'adjusted Wald', 73.56851492920656, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a74f2fab4b', 'engagement', NULL, 48, 0.333333333, 0.19685955906086716, 0.46980710693913286, 't', 0.47, '{expected,heard}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a74f2fab4b', 'burnout', NULL, 48, 44.8, 35.21779885108216, 54.38220114891784, 't', 33, '{tired}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a74f2fab4b', 'heard', NULL, 48, 0.3541666666666667, 0.2784873137421606, 0.4379292741560541, 'Wilson, finite population', 0.4782600118020415, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a74f2fab4b', 'expected', NULL, 48, 0.3125, 0.24035825412965972, 0.3950345017394734, 'Wilson, finite population', 0.46351240544347894, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a74f2fab4b', 'unfair', NULL, 48, 0.20833333333333334, 0.1483267428230562, 0.28450643297337325, 'Wilson, finite population', 0.4061164310337068, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a80f5a73cb', 'participationRate', NULL, NULL, 0.55, NULL, NULL, '', NULL, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a80f5a73cb', 'enps', NULL, 17, -52.941176471, -79.5782309833954, -10.421769016604593, 'adjusted Wald', 77.59356446042894, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a80f5a73cb', 'engagement', NULL, 17, 0.264705882, 0.038478757023636956, 0.49093300697636305, 't', 0.44, '{expected,heard}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a80f5a73cb', 'burnout', NULL, 17, 41.2, 24.232965626772774, 58.16703437322723, 't', 33, '{tired}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a80f5a73cb', 'heard', NULL, 17, 0.29411764705882354, 0.1327998961029523, 0.5313311006653985, 'Wilson', 0.4556450995538137, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a80f5a73cb', 'expected', NULL, 17, 0.23529411764705882, 0.09555044322080117, 0.4726179811956498, 'Wilson', 0.42418250299576343, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a80f5a73cb', 'unfair', 'Field', NULL, NULL, NULL, NULL, '', NULL, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a9f6f71759', 'participationRate', NULL, 42, 0.7380952380952381, 0.5893126929422804, 0.8469735971216702, 'Wilson', 0.43967107887189016, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a9f6f71759', 'enps', NULL, 31, -45.161290323, -65.45309903628885, -16.89984214018173, 'adjusted Wald', 71.11421833886646, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a9f6f71759', 'engagement', NULL, 31, 0.370967742, 0.1949023205592253, 0.5470331634407747, 't', 0.48, '{expected,heard}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a9f6f71759', 'burnout', NULL, 31, 46.8, 34.69550227594674, 58.90449772405326, 't', 33, '{tired}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a9f6f71759', 'heard', NULL, 31, 0.3870967741935484, 0.30328147866344596, 0.4781777419892342, 'Wilson, finite population', 0.48708609259811286, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a9f6f71759', 'expected', NULL, 31, 0.3548387096774194, 0.2735563977065991, 0.4454626002754182, 'Wilson, finite population', 0.4784644185223008, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a9f6f71759', 'unfair', NULL, 31, 0.2903225806451613, 0.21536844820110357, 0.37877010443958814, 'Wilson, finite population', 0.4539112025635577, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aa0fcae979', 'participationRate', NULL, NULL, 0.95, NULL, NULL, '', NULL, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aa0fcae979', 'enps', NULL, 17, -52.941176471, -79.5782309833954, -10.421769016604593, 'adjusted Wald', 77.59356446042894, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aa0fcae979', 'engagement', NULL, 17, 0.264705882, 0.038478757023636956, 0.49093300697636305, 't', 0.44, '{expected,heard}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aa0fcae979', 'burnout', NULL, 17, 41.2, 24.232965626772774, 58.16703437322723, 't', 33, '{tired}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aa0fcae979', 'heard', NULL, 17, 0.29411764705882354, 0.1327998961029523, 0.5313311006653985, 'Wilson', 0.4556450995538137, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aa0fcae979', 'expected', NULL, 17, 0.23529411764705882, 0.09555044322080117, 0.4726179811956498, 'Wilson', 0.42418250299576343, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aa0fcae979', 'unfair', 'Field', NULL, NULL, NULL, NULL, '', NULL, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92abd750d2bd', 'participationRate', NULL, NULL, 0.75, NULL, NULL, '', NULL, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92abd750d2bd', 'enps', NULL, 17, -47.058823529, -71.45116287720913, -8.548837122790875, 'adjusted Wald', 69.60093862470137, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92abd750d2bd', 'engagement', NULL, 17, 0.529411765, 0.27233548661776924, 0.7864880433822308, 't', 0.5, '{expected,heard}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92abd750d2bd', 'burnout', NULL, 17, 54.4, 37.94711818353723, 70.85288181646277, 't', 32, '{tired}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92abd750d2bd', 'heard', NULL, 17, 0.5294117647058824, 0.30963235060004424, 0.7383489355759056, 'Wilson', 0.49913419848462176, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92abd750d2bd', 'expected', NULL, 17, 0.5294117647058824, 0.30963235060004424, 0.7383489355759056, 'Wilson', 0.49913419848462176, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92abd750d2bd', 'unfair', 'South', NULL, NULL, NULL, NULL, '', NULL, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92acab8971a8', 'participationRate', NULL, NULL, 0.75, NULL, NULL, '', NULL, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92acab8971a8', 'enps', NULL, 14, -42.857142857, -70.60877954266478, 0.02054424854712189, 'adjusted Wald', 72.84313590846835, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92acab8971a8', 'engagement', NULL, 14, 0.178571429, 0, 0.3979768968436701, 't', 0.38, '{expected,heard}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92acab8971a8', 'burnout', NULL, 14, 37.5, 19.023750076322518, 55.976249923677486, 't', 32, '{tired}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92acab8971a8', 'heard', NULL, 14, 0.21428571428571427, 0.07571386712693184, 0.47589230586600295, 'Wilson', 0.41032590332414487, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92acab8971a8', 'expected', NULL, 14, 0.14285714285714285, 0.040093921271464966, 0.39941379496970353, 'Wilson', 0.3499271061118826, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92acab8971a8', 'unfair', 'South', NULL, NULL, NULL, NULL, '', NULL, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92ad209912a7', 'participationRate', NULL, NULL, 0.65, NULL, NULL, '', NULL, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92ad209912a7', 'enps', NULL, 15, -46.666666667, -72.9372072658259, -4.840570511951875, 'adjusted Wald', 71.80219742846006, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92ad209912a7', 'engagement', NULL, 15, 0.266666667, 0.023002788711458166, 0.5103305452885418, 't', 0.44, '{expected,heard}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92ad209912a7', 'burnout', NULL, 15, 50, 28.40251987897015, 71.59748012102985, 't', 39, '{tired}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92ad209912a7', 'heard', NULL, 15, 0.26666666666666666, 0.10897453325692374, 0.5195043405598057, 'Wilson', 0.4422166387140533, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92ad209912a7', 'expected', NULL, 15, 0.26666666666666666, 0.10897453325692374, 0.5195043405598057, 'Wilson', 0.4422166387140533, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92ad209912a7', 'unfair', 'Organisation', NULL, NULL, NULL, NULL, '', NULL, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aef602acaa', 'participationRate', NULL, NULL, 0.7, NULL, NULL, '', NULL, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aef602acaa', 'enps', NULL, 15, -46.666666667, -72.9372072658259, -4.840570511951875, 'adjusted Wald', 71.80219742846006, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aef602acaa', 'engagement', NULL, 15, 0.266666667, 0.023002788711458166, 0.5103305452885418, 't', 0.44, '{expected,heard}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aef602acaa', 'burnout', NULL, 15, 50, 28.40251987897015, 71.59748012102985, 't', 39, '{tired}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aef602acaa', 'heard', NULL, 15, 0.26666666666666666, 0.10897453325692374, 0.5195043405598057, 'Wilson', 0.4422166387140533, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aef602acaa', 'expected', NULL, 15, 0.26666666666666666, 0.10897453325692374, 0.5195043405598057, 'Wilson', 0.4422166387140533, '{}'),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aef602acaa', 'unfair', 'Organisation', NULL, NULL, NULL, NULL, '', NULL, '{}'),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', '01a22959-458d-72bc-8303-bf3637a0c371', 'participationRate', NULL, 60, 0.7, 0.5749129205308552, 0.8010183386123089, 'Wilson', 0.45825756949558405, '{}'),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', '01a22959-458d-72bc-8303-bf3637a0c371', 'enps', NULL, 42, 12, -17.339341010420707, 39.739341010420716, 'adjusted Wald, widest that the value allows', 99.277389168, '{}'),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', '01a22959-458d-72bc-8303-bf3637a0c371', 'engagement', NULL, 42, 0.61, 0.4561640064419095, 0.7638359935580905, 't, widest that the value allows', 0.493662272, '{}'),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', '01a22959-5193-7497-b020-92a80f5a73cb', 'engagement', NULL, 20, 0.55, 0.31111712307711625, 0.7888828769228838, 't, widest that the value allows', 0.510417786, '{}'),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', '01a22959-5193-7497-b020-92a80f5a73cb', 'enps', 'Organisation', NULL, NULL, NULL, NULL, '', NULL, '{}');


--
-- Data for Name: metrics_released_department; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.metrics_released_department VALUES
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-458d-72bc-8303-bf3637a0c371', true, ''),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a74f2fab4b', true, ''),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a80f5a73cb', true, ''),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92a9f6f71759', true, ''),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aa0fcae979', true, ''),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92abd750d2bd', true, ''),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92acab8971a8', true, ''),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92ad209912a7', true, ''),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-5193-7497-b020-92aef602acaa', true, ''),
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', '01a22959-557e-76f0-baaf-b766c4bc234f', false, 'Liepāja'),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', '01a22959-458d-72bc-8303-bf3637a0c371', true, ''),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', '01a22959-5193-7497-b020-92a74f2fab4b', false, 'Organisation'),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', '01a22959-5193-7497-b020-92a80f5a73cb', true, ''),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', '01a22959-5193-7497-b020-92a9f6f71759', false, 'Organisation'),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', '01a22959-5193-7497-b020-92aa0fcae979', false, 'North'),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', '01a22959-5193-7497-b020-92abd750d2bd', false, 'Organisation'),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', '01a22959-5193-7497-b020-92acab8971a8', false, 'Organisation'),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', '01a22959-5193-7497-b020-92ad209912a7', false, 'Organisation'),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', '01a22959-5193-7497-b020-92aef602acaa', false, 'Organisation'),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', '01a22959-557e-76f0-baaf-b766c4bc234f', false, 'Organisation');


--
-- Data for Name: metrics_released_wave; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.metrics_released_wave VALUES
	('01a22959-55f5-7466-bf6a-ee1da76c3f4f', 'pulse', 20787, 20787, '{burnout,engagement,enps,expected,heard,participationRate,unfair}'),
	('01a22959-5dab-72fd-bcfc-32f6bd6a97d9', 'before', 20148, 20167, '{engagement,enps,participationRate}');


--
-- Data for Name: metrics_source; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.metrics_source VALUES
	(1, 0, false);


--
-- Data for Name: metrics_standing; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.metrics_standing VALUES
	(9, 2, 1, 1, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(9, 4, 1, 1, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(12, 5, 1, 2, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(14, 2, 1, 5, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(14, 5, 1, 3, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(14, 6, 1, 2, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(15, 1, 3, 30, 20787, '{3,0,0,0,0,0,1,1,0,1,0,1,1,1,0,1,2,0,0,1,0,0,0,1,1,1,0,0,0,1,1,2,0,0,0,1,2,2,4,3,3,1,5,0,6,0,0,0,0,0,0,0}'),
	(11, 1, 15, 88, 20787, '{1,0,0,1,0,0,0,2,3,2,7,0,2,0,5,3,1,3,3,2,0,2,1,2,1,2,2,7,1,1,1,6,3,1,4,1,5,7,8,5,10,5,10,0,15,0,0,0,0,0,0,0}'),
	(9, 1, 5, 20, 20787, '{1,0,0,1,0,0,1,0,0,0,0,0,0,1,0,1,0,0,0,1,0,0,0,1,1,1,0,0,1,0,0,0,1,2,0,2,0,0,2,0,2,0,2,0,2,0,0,0,0,0,0,0}'),
	(11, 2, 2, 10, 20787, '{1,0,0,0,0,0,0,0,0,0,0}'),
	(11, 4, 2, 5, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(11, 5, 2, 2, 20787, '{0,0,0,0,0,0,0,1,0,0,0}'),
	(11, 6, 2, 15, 20787, '{0,0,0,0,0,0,0,0,2,0,0}'),
	(14, 1, 4, 25, 20787, '{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}'),
	(12, 2, 2, 4, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(12, 4, 2, 4, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(12, 6, 2, 3, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(10, 1, 5, 12, 20787, '{0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,1,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,1,1,0,0,1,0,1,0,0,0,0,0,0,0}'),
	(13, 2, 2, 6, 20787, '{0,0,0,0,0,1,0,1,0,0,0}'),
	(13, 4, 2, 3, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(13, 5, 2, 3, 20787, '{0,0,0,0,1,0,0,0,0,0,0}'),
	(13, 6, 2, 4, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(12, 1, 12, 52, 20787, '{0,0,0,1,0,0,1,1,1,2,2,1,1,0,1,2,0,1,1,3,1,0,0,0,1,2,0,2,1,0,0,3,2,0,2,5,1,2,3,2,3,2,3,0,5,0,0,0,0,0,0,0}'),
	(13, 1, 15, 68, 20787, '{3,0,0,1,0,0,1,2,1,2,1,3,2,0,3,1,1,1,0,2,1,0,2,3,0,2,0,1,0,1,3,1,2,1,2,2,4,2,5,2,5,1,6,0,7,0,0,0,0,0,0,0}'),
	(15, 5, 2, 3, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(10, 4, 1, 1, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(10, 6, 1, 1, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(15, 4, 1, 4, 20787, '{0,0,0,0,0,0,0,0,0,0,0}'),
	(15, 6, 2, 3, 20787, '{0,0,0,0,0,0,1,0,0,0,0}');


--
-- Data for Name: metrics_stint; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.metrics_stint VALUES
	('01a22959-5557-7561-8df2-bd103c932eab', 20186, 20561, '01a22959-5193-7497-b020-92ad209912a7', false),
	('01a22959-5557-7561-8df2-bd103c932eab', 20561, NULL, '01a22959-5193-7497-b020-92a80f5a73cb', false),
	('01a22959-5557-7561-8df2-bd115b61bff4', 20199, 20714, '01a22959-5193-7497-b020-92aef602acaa', true),
	('01a22959-5557-7561-8df2-bd1201eefddf', 19917, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-5557-7561-8df2-bd13826585c3', 20247, 20523, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-5557-7561-8df2-bd13826585c3', 20523, NULL, '01a22959-5193-7497-b020-92a80f5a73cb', false),
	('01a22959-5557-7561-8df2-bd148970213a', 19913, 20682, '01a22959-5193-7497-b020-92aa0fcae979', true),
	('01a22959-5557-7561-8df2-bd15bfda7d6c', 20033, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-5557-7561-8df2-bd169a25597c', 19815, 20539, '01a22959-5193-7497-b020-92ad209912a7', false),
	('01a22959-5557-7561-8df2-bd169a25597c', 20539, NULL, '01a22959-5193-7497-b020-92a80f5a73cb', false),
	('01a22959-5557-7561-8df2-bd177ff44bbd', 19765, 20656, '01a22959-5193-7497-b020-92ad209912a7', true),
	('01a22959-5557-7561-8df2-bd1897d8c751', 20186, NULL, '01a22959-5193-7497-b020-92ad209912a7', false),
	('01a22959-5557-7561-8df2-bd190bab3513', 19884, 20365, '01a22959-5193-7497-b020-92ad209912a7', false),
	('01a22959-5557-7561-8df2-bd190bab3513', 20365, NULL, '01a22959-5193-7497-b020-92a80f5a73cb', false),
	('01a22959-5557-7561-8df2-bd1a0266b655', 20264, 20484, '01a22959-5193-7497-b020-92aa0fcae979', true),
	('01a22959-5557-7561-8df2-bd1b3f683c65', 19759, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-5557-7561-8df2-bd1c827c2c71', 19970, 20369, '01a22959-5193-7497-b020-92ad209912a7', false),
	('01a22959-5557-7561-8df2-bd1c827c2c71', 20369, NULL, '01a22959-5193-7497-b020-92a80f5a73cb', false),
	('01a22959-5557-7561-8df2-bd1d6f944206', 20198, 20679, '01a22959-5193-7497-b020-92acab8971a8', true),
	('01a22959-5557-7561-8df2-bd1e257b39a8', 19923, NULL, '01a22959-5193-7497-b020-92ad209912a7', false),
	('01a22959-5557-7561-8df2-bd1fad6453f5', 19962, 20489, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-5557-7561-8df2-bd1fad6453f5', 20489, NULL, '01a22959-5193-7497-b020-92a80f5a73cb', false),
	('01a22959-5557-7561-8df2-bd20319bae99', 19727, 20688, '01a22959-5193-7497-b020-92aa0fcae979', true),
	('01a22959-5557-7561-8df2-bd218c80b467', 20007, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-5557-7561-8df2-bd220a676f1e', 20287, 20543, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-5557-7561-8df2-bd220a676f1e', 20543, NULL, '01a22959-5193-7497-b020-92a80f5a73cb', false),
	('01a22959-5557-7561-8df2-bd23a0a9c807', 19983, 20571, '01a22959-5193-7497-b020-92acab8971a8', true),
	('01a22959-5557-7561-8df2-bd24fed7514f', 20248, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-5557-7561-8df2-bd25aa11b39b', 19753, 20506, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-5557-7561-8df2-bd25aa11b39b', 20506, NULL, '01a22959-5193-7497-b020-92a80f5a73cb', false),
	('01a22959-5557-7561-8df2-bd265cc4cce4', 19833, 20509, '01a22959-5193-7497-b020-92aef602acaa', true),
	('01a22959-5557-7561-8df2-bd27b285ac0a', 20020, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-5557-7561-8df2-bd283fcb6ff6', 19791, 20537, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-5557-7561-8df2-bd283fcb6ff6', 20537, NULL, '01a22959-5193-7497-b020-92a80f5a73cb', false),
	('01a22959-5557-7561-8df2-bd297648cebe', 19723, 20561, '01a22959-5193-7497-b020-92abd750d2bd', true),
	('01a22959-5557-7561-8df2-bd2a3d306c24', 19776, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-5557-7561-8df2-bd2b56c34305', 20107, 20469, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-5557-7561-8df2-bd2b56c34305', 20469, NULL, '01a22959-5193-7497-b020-92a80f5a73cb', false),
	('01a22959-5557-7561-8df2-bd2c6ebef6ca', 19797, 20555, '01a22959-5193-7497-b020-92ad209912a7', true),
	('01a22959-5557-7561-8df2-bd2d56ec0260', 19999, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-5557-7561-8df2-bd2edc075a74', 19812, 20447, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-5557-7561-8df2-bd2edc075a74', 20447, NULL, '01a22959-5193-7497-b020-92a80f5a73cb', false),
	('01a22959-5557-7561-8df2-bd2f56441299', 19738, 20514, '01a22959-5193-7497-b020-92aef602acaa', true),
	('01a22959-5557-7561-8df2-bd30a9c90e85', 19860, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-5557-7561-8df2-bd318aca7e7f', 19826, 20377, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-5557-7561-8df2-bd318aca7e7f', 20377, NULL, '01a22959-5193-7497-b020-92a80f5a73cb', false),
	('01a22959-5557-7561-8df2-bd32dedbdc00', 20199, 20544, '01a22959-5193-7497-b020-92aef602acaa', true),
	('01a22959-5557-7561-8df2-bd33b9bbf701', 20295, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-5557-7561-8df2-bd348c4ce86a', 20181, 20410, '01a22959-5193-7497-b020-92ad209912a7', false),
	('01a22959-5557-7561-8df2-bd348c4ce86a', 20410, NULL, '01a22959-5193-7497-b020-92a80f5a73cb', false),
	('01a22959-5557-7561-8df2-bd35fd8113f5', 19857, 20650, '01a22959-5193-7497-b020-92aef602acaa', true),
	('01a22959-5557-7561-8df2-bd36069f5b4f', 19842, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-5557-7561-8df2-bd37922d4830', 20153, 20362, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-5557-7561-8df2-bd37922d4830', 20362, NULL, '01a22959-5193-7497-b020-92a80f5a73cb', false),
	('01a22959-55d7-7127-94ac-0721c1b2dc35', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-07224044e626', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-0723fbabfcab', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-072435a6c102', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-07252afe2701', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-07263f1e0855', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-07276d7f8655', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-0728278120f9', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-0729283c838f', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-072a1ec047d9', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-072beeaefa99', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-072cb6a715be', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-072d4991469c', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-072efe797e57', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-072ff17baa9d', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-07305cd256e0', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-0731cb6a7c9f', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-07323af88541', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-0733a15e268b', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-0734c6925a8a', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-07355e96b12d', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-0736fe3e15d3', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-0737246ce331', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-07385eedcbb1', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-07393a9210e1', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-073ac0f3982c', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-073b77988c0b', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-073cc98aa8c7', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-073d9eb4aed5', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-073e89d418ab', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-073f95c6f59c', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-074079fb1c09', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-0741e710fc1e', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-0742b9538380', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-074376188b05', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-07448f2c8726', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-07458c7f9cff', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-07463f71989e', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-0747d4f3ac79', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-07482f3bd490', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-07494547f5bf', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-074ad470bcfc', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-074b7e51daa3', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-074ca2c0f4b8', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-074dde27b55f', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-074e6396c36d', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false);
INSERT INTO public.metrics_stint VALUES
	('01a22959-55d7-7127-94ac-074f25158365', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-075037072e75', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-0751f793f948', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-075206601b9f', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-0753a7c51181', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-07548631d450', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-075596d042f8', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-0756b89eaf38', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-07579953b096', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-0758a52bc399', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-0759fea813fb', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-075af806ca93', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-075bb302162d', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-075ce79b8cea', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-075d56cf07bb', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-075e67837814', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-075f85f74f3a', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-0760f429e8fc', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-07617b008700', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-0762063fb2e0', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false),
	('01a22959-55d7-7127-94ac-076375d76a07', 19754, NULL, '01a22959-5193-7497-b020-92acab8971a8', false),
	('01a22959-55d7-7127-94ac-0764d40cf9b3', 19754, NULL, '01a22959-5193-7497-b020-92aef602acaa', false),
	('01a22959-55d7-7127-94ac-07653a9c80ad', 19754, NULL, '01a22959-5193-7497-b020-92aa0fcae979', false),
	('01a22959-55d7-7127-94ac-076653dededc', 19754, NULL, '01a22959-5193-7497-b020-92abd750d2bd', false);


--
-- Data for Name: metrics_survey; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--

INSERT INTO public.metrics_survey VALUES
	('01a22959-5201-77c3-9789-1609291fb89d', 1, '\x0a2430316132323935392d353230312d373763332d393738392d31363039323931666238396412067075626c69631a0b4f70656e20746f20616c6c20012801322430316132323935392d353139332d373439372d623032302d3932616566363032616361613a2430316132323935392d353230312d373763332d393738392d31363061316635343331353040014a440a2430316132323935392d353230312d373763332d393738392d31363062346634393866653212097265636f6d6d656e641801220f486f77206c696b656c79202e2e2e3f50015803621b323032362d31312d32395432323a30373a32392e3238313539305a6a14323039392d31322d33315430303a30303a30305a820100'),
	('01a22959-5212-7520-9d31-8ee3a64dfe85', 1, '\x0a2430316132323935392d353231322d373532302d396433312d38656533613634646665383512086f66666572696e671a0b4f70656e20746f20616c6c20012801322430316132323935392d353139332d373439372d623032302d3932616566363032616361613a2430316132323935392d353231322d373532302d396433312d38656534366561666232313740014a440a2430316132323935392d353231322d373532302d396433312d38656535363230363434613212097265636f6d6d656e641801220f486f77206c696b656c79202e2e2e3f50015803621b323032362d31312d32395432323a30373a32392e3239383638355a82010d0a0563616c6c730a0472696761880164'),
	('01a22959-523e-773f-9e32-ec08e0d3d729', 1, '\x0a2430316132323935392d353233652d373733662d396533322d656330386530643364373239120564726166741a05447261667428013a2430316132323935392d353233652d373733662d396533322d65633039333034343531636340014a440a2430316132323935392d353233652d373733662d396533322d65633061616366333235336512097265636f6d6d656e641801220f486f77206c696b656c79202e2e2e3f50015801820100'),
	('01a22959-524a-72c4-b337-f1701bda949a', 1, '\x0a2430316132323935392d353234612d373263342d623333372d66313730316264613934396112097363686564756c65641a095363686564756c656428013a2430316132323935392d353234612d373263342d623333372d66313731626438666539353340014a440a2430316132323935392d353234612d373263342d623333372d66313732636435643131643512097265636f6d6d656e641801220f486f77206c696b656c79202e2e2e3f500158026214323039392d30312d30315430303a30303a30305a820100'),
	('01a22959-51ee-768d-ac24-139c627616e2', 2, '\x0a2430316132323935392d353165652d373638642d616332342d313339633632373631366532120565766572791a0d5669737320706172206d756d7328013a2430316132323935392d353266342d373030322d626137372d37306130663364613134366340024a560a2430316132323935392d353165652d373638642d616332342d31333965373130666464623812036e7073180122155661692069657465696b7475206472617567616d3f42100a02656e120a496e20456e676c6973684a3f0a2430316132323935392d353165652d373638642d616332342d3133396635356561306439621204637361741802220d41706d696572696ec48174733f28014a360a2430316132323935392d353165652d373638642d616332342d313361306464336135386462120363657318042207566965676c693f4a390a2430316132323935392d353165652d373638642d616332342d31336131393866663931633912066566666f72741808220750c5ab6c65733f4a3f0a2430316132323935392d353165652d373638642d616332342d313361326335333532323163120573746172731805220a5a766169677a6e65733f320210084aa3010a2430316132323935392d353165652d373638642d616332342d31336133353663646365313912057768657265180622044b75723f3a1c0a0377656212035745421a100a02656e120a496e20456e676c6973683a1e0a0473686f70120453484f501a100a02656e120a496e20456e676c6973683a200a0570686f6e65120550484f4e451a100a02656e120a496e20456e676c6973683a0c0a04636861741204434841544aa3010a2430316132323935392d353165652d373638642d616332342d31336134633266643133343712056c696b6564180722044b61733f3a1c0a0377656212035745421a100a02656e120a496e20456e676c6973683a1e0a0473686f70120453484f501a100a02656e120a496e20456e676c6973683a200a0570686f6e65120550484f4e451a100a02656e120a496e20456e676c6973683a0c0a04636861741204434841544a490a2430316132323935392d353165652d373638642d616332342d3133613563626637343636341203776879180322084bc48170c493633f42100a02656e120a496e20456e676c6973684a3a0a2430316132323935392d353266342d373030322d626137372d3730396637653936326231651205616761696e1802220956c4936c7265697a3f50025803621b323032362d31312d32395432323a30373a32392e3236323335345a72026c767a100a02656e120a496e20456e676c697368820100'),
	('01a22959-521d-76c5-9a10-5c9cad387345', 2, '\x0a2430316132323935392d353231642d373663352d396131302d35633963616433383733343512067061757365641a0650617573656428013a2430316132323935392d353231642d373663352d396131302d35633964653861333663633040014a440a2430316132323935392d353231642d373663352d396131302d35633965356130653931396212097265636f6d6d656e641801220f486f77206c696b656c79202e2e2e3f50025804621b323032362d31312d32395432323a30373a32392e3330393531365a820100'),
	('01a22959-5227-734b-a2d5-2018cd181991', 2, '\x0a2430316132323935392d353232372d373334622d613264352d3230313863643138313939311206636c6f7365641a06436c6f73656428013a2430316132323935392d353232382d373330382d626436332d65623864376334303636393040014a440a2430316132323935392d353232382d373330382d626436332d65623865613363623137663712097265636f6d6d656e641801220f486f77206c696b656c79202e2e2e3f50025805621b323032362d31312d32395432323a30373a32392e3332303036375a6a1b323032362d31312d32395432323a30373a32392e3632333537395a820100'),
	('01a22959-5232-7371-a7a2-2769b96783dc', 3, '\x0a2430316132323935392d353233322d373337312d613761322d323736396239363738336463120861726368697665641a0841726368697665643a2430316132323935392d353233322d373337312d613761322d32373661666364306436613240014a440a2430316132323935392d353233322d373337312d613761322d32373662666139343638356112097265636f6d6d656e641801220f486f77206c696b656c79202e2e2e3f50035806621b323032362d31312d32395432323a30373a32392e3333303732395a6a1b323032362d31312d32395432323a30373a32392e3633323434305a820100');


--
-- Data for Name: metrics_target; Type: TABLE DATA; Schema: public; Owner: cxm_metrics_owner
--



--
-- Name: metrics_dimension_set_id_seq; Type: SEQUENCE SET; Schema: public; Owner: cxm_metrics_owner
--

SELECT pg_catalog.setval('public.metrics_dimension_set_id_seq', 158, true);


--
-- Name: metrics_name_id_seq; Type: SEQUENCE SET; Schema: public; Owner: cxm_metrics_owner
--

SELECT pg_catalog.setval('public.metrics_name_id_seq', 31, true);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: audit_entry audit_entry_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);


--
-- Name: dead_letter dead_letter_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.dead_letter
    ADD CONSTRAINT dead_letter_pkey PRIMARY KEY (durable, message_id);


--
-- Name: directory_copy directory_copy_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.directory_copy
    ADD CONSTRAINT directory_copy_pkey PRIMARY KEY (id);


--
-- Name: directory_state directory_state_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.directory_state
    ADD CONSTRAINT directory_state_pkey PRIMARY KEY (one);


--
-- Name: metrics_block metrics_block_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_block
    ADD CONSTRAINT metrics_block_pkey PRIMARY KEY (department_id, survey_id, month);


--
-- Name: metrics_definition metrics_definition_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_definition
    ADD CONSTRAINT metrics_definition_pkey PRIMARY KEY (key, version);


--
-- Name: metrics_dimension_set metrics_dimension_set_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_dimension_set
    ADD CONSTRAINT metrics_dimension_set_pkey PRIMARY KEY (id);


--
-- Name: metrics_dimension_set metrics_dimension_set_touchpoint_id_stage_id_channel_id_seg_key; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_dimension_set
    ADD CONSTRAINT metrics_dimension_set_touchpoint_id_stage_id_channel_id_seg_key UNIQUE (touchpoint_id, stage_id, channel_id, segment_id, language_id);


--
-- Name: metrics_employment metrics_employment_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_employment
    ADD CONSTRAINT metrics_employment_pkey PRIMARY KEY (employee_id);


--
-- Name: metrics_employment_whole metrics_employment_whole_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_employment_whole
    ADD CONSTRAINT metrics_employment_whole_pkey PRIMARY KEY (id);


--
-- Name: metrics_inbox metrics_inbox_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_inbox
    ADD CONSTRAINT metrics_inbox_pkey PRIMARY KEY (department_id, source, envelope);


--
-- Name: metrics_journal metrics_journal_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_journal
    ADD CONSTRAINT metrics_journal_pkey PRIMARY KEY (department_id, survey_id, revision);


--
-- Name: metrics_layout metrics_layout_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_layout
    ADD CONSTRAINT metrics_layout_pkey PRIMARY KEY (survey_id, "position");


--
-- Name: metrics_layout metrics_layout_survey_id_question_id_option_key_key; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_layout
    ADD CONSTRAINT metrics_layout_survey_id_question_id_option_key_key UNIQUE (survey_id, question_id, option_key);


--
-- Name: metrics_name metrics_name_kind_value_key; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_name
    ADD CONSTRAINT metrics_name_kind_value_key UNIQUE (kind, value);


--
-- Name: metrics_name metrics_name_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_name
    ADD CONSTRAINT metrics_name_pkey PRIMARY KEY (id);


--
-- Name: metrics_rebuild metrics_rebuild_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_rebuild
    ADD CONSTRAINT metrics_rebuild_pkey PRIMARY KEY (one);


--
-- Name: metrics_reconciliation metrics_reconciliation_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_reconciliation
    ADD CONSTRAINT metrics_reconciliation_pkey PRIMARY KEY (one);


--
-- Name: metrics_released_cell metrics_released_cell_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_released_cell
    ADD CONSTRAINT metrics_released_cell_pkey PRIMARY KEY (wave_id, department_id, statistic);


--
-- Name: metrics_released_department metrics_released_department_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_released_department
    ADD CONSTRAINT metrics_released_department_pkey PRIMARY KEY (wave_id, department_id);


--
-- Name: metrics_released_wave metrics_released_wave_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_released_wave
    ADD CONSTRAINT metrics_released_wave_pkey PRIMARY KEY (wave_id);


--
-- Name: metrics_source metrics_source_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_source
    ADD CONSTRAINT metrics_source_pkey PRIMARY KEY (source);


--
-- Name: metrics_standing metrics_standing_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_standing
    ADD CONSTRAINT metrics_standing_pkey PRIMARY KEY (department_id, survey_id);


--
-- Name: metrics_stint metrics_stint_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_stint
    ADD CONSTRAINT metrics_stint_pkey PRIMARY KEY (employee_id, started_day);


--
-- Name: metrics_survey metrics_survey_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_survey
    ADD CONSTRAINT metrics_survey_pkey PRIMARY KEY (id);


--
-- Name: metrics_target metrics_target_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_target
    ADD CONSTRAINT metrics_target_pkey PRIMARY KEY (department_id, metric);


--
-- Name: audit_entry_at; Type: INDEX; Schema: public; Owner: cxm_metrics_owner
--

CREATE INDEX audit_entry_at ON public.audit_entry USING btree (at, id);


--
-- Name: metrics_stint_department; Type: INDEX; Schema: public; Owner: cxm_metrics_owner
--

CREATE INDEX metrics_stint_department ON public.metrics_stint USING btree (department_id);


--
-- Name: metrics_released_cell metrics_released_cell_wave_id_department_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_released_cell
    ADD CONSTRAINT metrics_released_cell_wave_id_department_id_fkey FOREIGN KEY (wave_id, department_id) REFERENCES public.metrics_released_department(wave_id, department_id);


--
-- Name: metrics_released_department metrics_released_department_wave_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_released_department
    ADD CONSTRAINT metrics_released_department_wave_id_fkey FOREIGN KEY (wave_id) REFERENCES public.metrics_released_wave(wave_id);


--
-- Name: metrics_stint metrics_stint_employee_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE ONLY public.metrics_stint
    ADD CONSTRAINT metrics_stint_employee_id_fkey FOREIGN KEY (employee_id) REFERENCES public.metrics_employment(employee_id) ON DELETE CASCADE;


--
-- Name: audit_entry; Type: ROW SECURITY; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE public.audit_entry ENABLE ROW LEVEL SECURITY;

--
-- Name: metrics_stint departments; Type: POLICY; Schema: public; Owner: cxm_metrics_owner
--

CREATE POLICY departments ON public.metrics_stint FOR SELECT TO cxm_metrics_read USING ((department_id IN ( SELECT unnest(( SELECT (NULLIF(current_setting('cxm.departments'::text, true), ''::text))::text[] AS "nullif")) AS unnest)));


--
-- Name: audit_entry intake_adds; Type: POLICY; Schema: public; Owner: cxm_metrics_owner
--

CREATE POLICY intake_adds ON public.audit_entry FOR INSERT TO cxm_metrics_intake WITH CHECK (true);


--
-- Name: metrics_employment intake_adds; Type: POLICY; Schema: public; Owner: cxm_metrics_owner
--

CREATE POLICY intake_adds ON public.metrics_employment FOR INSERT TO cxm_metrics_intake WITH CHECK (((employee_id IN ( SELECT unnest(( SELECT (NULLIF(( SELECT current_setting('cxm.employees'::text, true) AS current_setting), ''::text))::text[] AS "nullif")) AS unnest)) OR (( SELECT current_setting('cxm.employees'::text, true) AS current_setting) IS NULL)));


--
-- Name: metrics_stint intake_adds; Type: POLICY; Schema: public; Owner: cxm_metrics_owner
--

CREATE POLICY intake_adds ON public.metrics_stint FOR INSERT TO cxm_metrics_intake WITH CHECK (((employee_id IN ( SELECT unnest(( SELECT (NULLIF(( SELECT current_setting('cxm.employees'::text, true) AS current_setting), ''::text))::text[] AS "nullif")) AS unnest)) OR (( SELECT current_setting('cxm.employees'::text, true) AS current_setting) IS NULL)));


--
-- Name: metrics_employment intake_changes; Type: POLICY; Schema: public; Owner: cxm_metrics_owner
--

CREATE POLICY intake_changes ON public.metrics_employment FOR UPDATE TO cxm_metrics_intake USING (((employee_id IN ( SELECT unnest(( SELECT (NULLIF(( SELECT current_setting('cxm.employees'::text, true) AS current_setting), ''::text))::text[] AS "nullif")) AS unnest)) OR (( SELECT current_setting('cxm.employees'::text, true) AS current_setting) IS NULL)));


--
-- Name: metrics_stint intake_changes; Type: POLICY; Schema: public; Owner: cxm_metrics_owner
--

CREATE POLICY intake_changes ON public.metrics_stint FOR UPDATE TO cxm_metrics_intake USING (((employee_id IN ( SELECT unnest(( SELECT (NULLIF(( SELECT current_setting('cxm.employees'::text, true) AS current_setting), ''::text))::text[] AS "nullif")) AS unnest)) OR (( SELECT current_setting('cxm.employees'::text, true) AS current_setting) IS NULL)));


--
-- Name: metrics_employment intake_erases; Type: POLICY; Schema: public; Owner: cxm_metrics_owner
--

CREATE POLICY intake_erases ON public.metrics_employment FOR DELETE TO cxm_metrics_intake USING (((employee_id IN ( SELECT unnest(( SELECT (NULLIF(( SELECT current_setting('cxm.employees'::text, true) AS current_setting), ''::text))::text[] AS "nullif")) AS unnest)) OR (( SELECT current_setting('cxm.employees'::text, true) AS current_setting) IS NULL)));


--
-- Name: metrics_stint intake_erases; Type: POLICY; Schema: public; Owner: cxm_metrics_owner
--

CREATE POLICY intake_erases ON public.metrics_stint FOR DELETE TO cxm_metrics_intake USING (((employee_id IN ( SELECT unnest(( SELECT (NULLIF(( SELECT current_setting('cxm.employees'::text, true) AS current_setting), ''::text))::text[] AS "nullif")) AS unnest)) OR (( SELECT current_setting('cxm.employees'::text, true) AS current_setting) IS NULL)));


--
-- Name: audit_entry intake_reads; Type: POLICY; Schema: public; Owner: cxm_metrics_owner
--

CREATE POLICY intake_reads ON public.audit_entry FOR SELECT TO cxm_metrics_intake USING (true);


--
-- Name: metrics_employment intake_reads; Type: POLICY; Schema: public; Owner: cxm_metrics_owner
--

CREATE POLICY intake_reads ON public.metrics_employment FOR SELECT TO cxm_metrics_intake USING (((employee_id IN ( SELECT unnest(( SELECT (NULLIF(( SELECT current_setting('cxm.employees'::text, true) AS current_setting), ''::text))::text[] AS "nullif")) AS unnest)) OR (( SELECT current_setting('cxm.employees'::text, true) AS current_setting) IS NULL)));


--
-- Name: metrics_stint intake_reads; Type: POLICY; Schema: public; Owner: cxm_metrics_owner
--

CREATE POLICY intake_reads ON public.metrics_stint FOR SELECT TO cxm_metrics_intake USING (((employee_id IN ( SELECT unnest(( SELECT (NULLIF(( SELECT current_setting('cxm.employees'::text, true) AS current_setting), ''::text))::text[] AS "nullif")) AS unnest)) OR (( SELECT current_setting('cxm.employees'::text, true) AS current_setting) IS NULL)));


--
-- Name: metrics_employment; Type: ROW SECURITY; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE public.metrics_employment ENABLE ROW LEVEL SECURITY;

--
-- Name: metrics_stint; Type: ROW SECURITY; Schema: public; Owner: cxm_metrics_owner
--

ALTER TABLE public.metrics_stint ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_entry owner; Type: POLICY; Schema: public; Owner: cxm_metrics_owner
--

CREATE POLICY owner ON public.audit_entry TO cxm_metrics_owner USING (true) WITH CHECK (true);


--
-- Name: metrics_employment owner; Type: POLICY; Schema: public; Owner: cxm_metrics_owner
--

CREATE POLICY owner ON public.metrics_employment TO cxm_metrics_owner USING (true) WITH CHECK (true);


--
-- Name: metrics_stint owner; Type: POLICY; Schema: public; Owner: cxm_metrics_owner
--

CREATE POLICY owner ON public.metrics_stint TO cxm_metrics_owner USING (true) WITH CHECK (true);


--
-- Name: TABLE alembic_version; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.alembic_version TO cxm_metrics_intake;


--
-- Name: TABLE audit_entry; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT ON TABLE public.audit_entry TO cxm_metrics_intake;


--
-- Name: TABLE dead_letter; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dead_letter TO cxm_metrics_intake;


--
-- Name: TABLE directory_copy; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.directory_copy TO cxm_metrics_intake;


--
-- Name: TABLE directory_state; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.directory_state TO cxm_metrics_intake;


--
-- Name: TABLE metrics_block; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.metrics_block TO cxm_metrics_intake;
GRANT SELECT ON TABLE public.metrics_block TO cxm_metrics_read;


--
-- Name: TABLE metrics_definition; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.metrics_definition TO cxm_metrics_intake;
GRANT SELECT ON TABLE public.metrics_definition TO cxm_metrics_read;


--
-- Name: TABLE metrics_dimension_set; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.metrics_dimension_set TO cxm_metrics_intake;
GRANT SELECT ON TABLE public.metrics_dimension_set TO cxm_metrics_read;


--
-- Name: SEQUENCE metrics_dimension_set_id_seq; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.metrics_dimension_set_id_seq TO cxm_metrics_intake;


--
-- Name: TABLE metrics_employment; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.metrics_employment TO cxm_metrics_intake;


--
-- Name: TABLE metrics_employment_whole; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.metrics_employment_whole TO cxm_metrics_intake;
GRANT SELECT ON TABLE public.metrics_employment_whole TO cxm_metrics_read;


--
-- Name: TABLE metrics_inbox; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,MAINTAIN,UPDATE ON TABLE public.metrics_inbox TO cxm_metrics_intake;


--
-- Name: TABLE metrics_journal; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,MAINTAIN,UPDATE ON TABLE public.metrics_journal TO cxm_metrics_intake;
GRANT SELECT ON TABLE public.metrics_journal TO cxm_metrics_read;


--
-- Name: TABLE metrics_layout; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.metrics_layout TO cxm_metrics_intake;
GRANT SELECT ON TABLE public.metrics_layout TO cxm_metrics_read;


--
-- Name: TABLE metrics_name; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.metrics_name TO cxm_metrics_intake;
GRANT SELECT ON TABLE public.metrics_name TO cxm_metrics_read;


--
-- Name: SEQUENCE metrics_name_id_seq; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.metrics_name_id_seq TO cxm_metrics_intake;


--
-- Name: TABLE metrics_rebuild; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.metrics_rebuild TO cxm_metrics_intake;


--
-- Name: TABLE metrics_reconciliation; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.metrics_reconciliation TO cxm_metrics_intake;


--
-- Name: TABLE metrics_released_cell; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT ON TABLE public.metrics_released_cell TO cxm_metrics_intake;
GRANT SELECT ON TABLE public.metrics_released_cell TO cxm_metrics_read;


--
-- Name: TABLE metrics_released_department; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT ON TABLE public.metrics_released_department TO cxm_metrics_intake;
GRANT SELECT ON TABLE public.metrics_released_department TO cxm_metrics_read;


--
-- Name: TABLE metrics_released_wave; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.metrics_released_wave TO cxm_metrics_intake;
GRANT SELECT ON TABLE public.metrics_released_wave TO cxm_metrics_read;


--
-- Name: TABLE metrics_source; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,UPDATE ON TABLE public.metrics_source TO cxm_metrics_intake;


--
-- Name: TABLE metrics_standing; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.metrics_standing TO cxm_metrics_intake;
GRANT SELECT ON TABLE public.metrics_standing TO cxm_metrics_read;


--
-- Name: TABLE metrics_stint; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.metrics_stint TO cxm_metrics_intake;
GRANT SELECT ON TABLE public.metrics_stint TO cxm_metrics_read;


--
-- Name: TABLE metrics_survey; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.metrics_survey TO cxm_metrics_intake;
GRANT SELECT ON TABLE public.metrics_survey TO cxm_metrics_read;


--
-- Name: TABLE metrics_target; Type: ACL; Schema: public; Owner: cxm_metrics_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.metrics_target TO cxm_metrics_intake;
GRANT SELECT ON TABLE public.metrics_target TO cxm_metrics_read;


--
-- PostgreSQL database dump complete
--

\unrestrict cxm

