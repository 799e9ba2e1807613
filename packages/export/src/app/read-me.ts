import type { RunRecord } from '@convbook/run';

/** The README.md of an app. */
export function readMe({ model, data }: RunRecord): string {
  return `# ${data.name} · ${model.name}

A page that classifies pictures. Start a server in this folder and open the address that it prints: \`npx http-server\`,
or \`python3 -m http.server\`.

- \`index.html\`, \`app.ts\`, and \`app.js\` compiled from it: the page, to be changed
- \`model.json\`, \`model.safetensors\`: the model, its class names, how a picture becomes its input; its weights
- \`convbook-runtime.js\`, \`convbook-runtime.d.ts\`: \`loadModel\` and \`model.predict(pixels)\`, without dependencies; their types

After a change of \`app.ts\`: \`npx -p typescript tsc app.ts --target es2022 --module esnext\`
`;
}
