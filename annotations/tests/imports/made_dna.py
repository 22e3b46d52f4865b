"""A database with the tables of the Discourse Network Analyzer 3, and made-up text in it."""

import sqlite3
from pathlib import Path

TABLES = """
CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL);
CREATE TABLE CODERS(ID INTEGER PRIMARY KEY, Name TEXT NOT NULL);
CREATE TABLE DOCUMENTS(ID INTEGER PRIMARY KEY, Title TEXT NOT NULL, Text TEXT NOT NULL, Coder INTEGER,
  Author TEXT NOT NULL DEFAULT '', Source TEXT NOT NULL DEFAULT '', Section TEXT NOT NULL DEFAULT '',
  Notes TEXT NOT NULL DEFAULT '', Type TEXT NOT NULL DEFAULT '', Date INTEGER NOT NULL);
CREATE TABLE STATEMENTTYPES(ID INTEGER PRIMARY KEY, Label TEXT NOT NULL);
CREATE TABLE VARIABLES(ID INTEGER PRIMARY KEY, Variable TEXT NOT NULL, DataType TEXT NOT NULL,
  StatementTypeId INTEGER);
CREATE TABLE STATEMENTS(ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER,
  Start INTEGER NOT NULL CHECK(Start >= 0), Stop INTEGER NOT NULL, Coder INTEGER, CHECK (Start < Stop));
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY, VariableId INTEGER NOT NULL, Value TEXT NOT NULL);
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Entity INTEGER);
CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value TEXT);
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE ATTRIBUTEVARIABLES(ID INTEGER PRIMARY KEY, VariableId INTEGER NOT NULL, AttributeVariable TEXT NOT NULL);
CREATE TABLE ATTRIBUTEVALUES(ID INTEGER PRIMARY KEY, EntityId INTEGER NOT NULL,
  AttributeVariableId INTEGER NOT NULL, AttributeValue TEXT NOT NULL DEFAULT '');
CREATE TABLE VARIABLELINKS(ID INTEGER PRIMARY KEY, SourceVariableId INTEGER, TargetVariableId INTEGER);
CREATE TABLE REGEXES(Label TEXT PRIMARY KEY);
INSERT INTO CODERS VALUES (1, 'Coder 1');
INSERT INTO SETTINGS VALUES ('version', '3.0.11');
INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement'), (2, 'Annotation');
INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1),
  (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1), (5, 'note', 'long text', 2),
  (6, 'weight', 'integer', 1);
INSERT INTO ENTITIES VALUES (1, 1, 'Ada Example'), (2, 2, 'Ministry of Examples'),
  (3, 3, 'The bridge is unsafe'), (4, 1, ''), (5, 2, '');
INSERT INTO ATTRIBUTEVARIABLES VALUES (1, 1, 'Type'), (2, 2, 'Type'), (3, 3, 'Type'), (4, 1, 'Alias'),
  (5, 2, 'Alias'), (7, 1, 'Notes'), (8, 2, 'Website');
"""
ATTRIBUTES = """
INSERT INTO ENTITIES VALUES (6, 1, 'Nobody''s Speaker');
INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId, AttributeValue) VALUES (1, 1, 'Expert'),
  (1, 4, 'A. Example; Ada E.'), (1, 7, 'Of the bridge.'), (2, 2, 'State'), (2, 5, 'ministry of examples'),
  (2, 8, 'example.org'), (3, 3, 'Safety'), (4, 1, ''), (6, 1, 'Expert');
INSERT INTO REGEXES VALUES ('bridge'), ('peace');
UPDATE STATEMENTS SET Coder = NULL WHERE ID = 3;
"""
FIRST = (
    "😀 Talks in Example 🇦🇫\r\n"
    "“The bridge 👩‍👧 is unsafe,” Ada Example said.\r\n"
    "The ministry denied it: «پل امن است» 😀.\r\n"
)
SECOND = "A plain text. It was marked here.\n"
QUOTES = ("“The bridge 👩‍👧 is unsafe,”", "«پل امن است»")


def units(text: str, words: str) -> tuple[int, int]:
    """Where the words stand, in UTF-16 units."""
    start = len(text[: text.index(words)].encode("utf-16-le")) // 2
    return start, start + len(words.encode("utf-16-le")) // 2


def make(path: Path, *changes: str, tables: str = TABLES) -> Path:
    """The database, after these further commands."""
    database = sqlite3.connect(path)
    database.executescript(tables)
    documents = [
        (1, "Talks", FIRST, 1, "A. Writer", "The Gazette", "Front", "", "news", 1_767_225_600),
        (2, "Plain", SECOND, 1, "", "", "", "", "", 0),
    ]
    database.executemany("INSERT INTO DOCUMENTS VALUES (?,?,?,?,?,?,?,?,?,?)", documents)
    places = [
        (1, 1, 1, *units(FIRST, QUOTES[0])),
        (2, 1, 1, *units(FIRST, QUOTES[1])),
        (3, 2, 2, *units(SECOND, "marked here")),
    ]
    database.executemany("INSERT INTO STATEMENTS VALUES (?,?,?,?,?,1)", places)
    database.executescript(
        "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES"
        " (1,1,1), (1,2,2), (1,3,3), (2,1,4), (2,2,2), (2,3,3);"
        "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (1,4,1), (2,4,0);"
        "INSERT INTO DATAINTEGER (StatementId, VariableId, Value) VALUES (1,6,7);"
        "INSERT INTO DATALONGTEXT (StatementId, VariableId, Value) VALUES (3,5,'Look; \"here\"');"
    )
    for change in changes:
        database.executescript(change)
    database.close()
    return path
