import { parseMetrics, parseRunRecord, parseDatasetRecord } from '@convbook/layers';
const line = (k: number) => JSON.stringify({ event: 'step', step: k + 1, epoch: 1 + Math.floor(k / 600), samples: 100, loss: 0.123456789 / (k + 1), correct: 97, learningRate: 0.0031415926, gradientNorm: 1.23456789 }) + '\n';
const text = Array.from({ length: 100_000 }, (_, k) => line(k)).join('');
for (let i = 0; i < 3; i++) { const t = performance.now(); parseMetrics(text, 'm', false); console.log('metrics 100k', (text.length / 1e6).toFixed(1), 'MB', (performance.now() - t).toFixed(0), 'ms'); }
{ const t = performance.now(); text.trimEnd().split('\n').map((l) => JSON.parse(l)); console.log('JSON.parse only', (performance.now() - t).toFixed(0)); }
const big = JSON.stringify({ name: 'x', sampleShape: [3, 224, 224], classNames: Array.from('0123456789'), train: { samples: 1, perClass: new Array(10).fill(1) }, test: { samples: 1, perClass: new Array(10).fill(1) }, meanImages: Array.from({ length: 10 }, () => new Array(3 * 224 * 224).fill(123)), histogram: new Array(256).fill(1) });
{ const t = performance.now(); parseDatasetRecord(big, 'd', { sampleShape: [3, 224, 224], classNames: Array.from('0123456789') } as never); console.log('dataset', (big.length / 1e6).toFixed(1), 'MB', (performance.now() - t).toFixed(0), 'ms'); }
