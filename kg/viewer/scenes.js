/* Scenes: what the picture can draw: all things and their ties, or organisations and what they share. */
const SCENES = {
  network: {
    nodes: data.nodes,
    edges: () => data.edges,
    held: (id) => now.edges.get(id),
    edgesOf: (key) => edgesOf(key),
    text: (id) => plain(`${short(textOf(data.ties[id].label), 30)} ${years(data.ties[id])}`.trim()),
    writes: () => true,
    canPin: true,
  },
  organisations: {
    nodes: actors,
    edges: () => [...allPairs.keys()].map((id) => pairsNow().get(id) ?? allPairs.get(id)),
    held: (id) => pairsNow().get(id)?.held,
    edgesOf: (key) => (pairsAt.get(key) ?? []).map(({ id }) => pairsNow().get(id) ?? allPairs.get(id)),
    text: (id) => plain(short(pairText(edgeOf(id)), 34)),
    writes: (id, isLit) => isLit || edgeOf(id).initiatives.length > 1,
    canPin: false,
  },
};
let scene = SCENES.network;

const onStage = () => state.view in SCENES;
const edgeOf = (key) => drawnEdges.get(key) ?? pairsNow().get(key) ?? allPairs.get(key);
const sceneNodes = () => scene.nodes.filter(({ id }) => now.nodes.has(id) && nodes.get(id));
const sceneEdges = () => scene.edges().filter(({ id }) => scene.held(id));
const sceneEdgesOf = (key) => scene.edgesOf(key).filter(({ id }) => scene.held(id));

/* The things of a tie or a pair, or a thing and its neighbours in the picture. */
function sceneAround(key) {
  const edge = edgeOf(key);
  if (edge) return new Set([edge.from, edge.to]);
  return new Set([key, ...scene.edgesOf(key).map((each) => otherEnd(each, key))]);
}
