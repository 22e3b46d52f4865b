// Reads a GraphML file as Gephi Lite does, with npm's graphology and graphology-graphml.
// argv[2]: the folder that has them; argv[3]: the file.
// stdout: {directed, nodes: [[id, attributes]], edges: [[id, source, target, attributes]]}.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const load = createRequire(join(resolve(process.argv[2]), "package.json"));
const { DirectedGraph, Graph } = load("graphology");
const { parse } = load("graphology-graphml");

const graph = parse(Graph, readFileSync(process.argv[3], "utf8"));
const every = (name) => graph[`map${name}`]((id, attributes, ...ends) => [id, attributes, ...ends]);
const found = {
  directed: graph.type === new DirectedGraph().type,
  nodes: every("Nodes").map(([id, attributes]) => [id, attributes]),
  edges: every("Edges").map(([id, attributes, source, target]) => [id, source, target, attributes]),
};
process.stdout.write(JSON.stringify(found));
