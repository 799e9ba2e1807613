import { loadMnist, type Dataset } from '@convbook/data';
import { conv2d, dense, flatten, maxPool2d, relu, type ModelSpec } from '@convbook/layers';

/** MNIST, with the first `testSamples` of its test images only. */
export function smallMnist(testSamples: number): Dataset {
  const data = loadMnist();
  const { images, labels, count } = data.test;
  const size = images.length / count;
  return {
    ...data,
    test: {
      images: images.subarray(0, testSamples * size),
      labels: labels.subarray(0, testSamples),
      count: testSamples,
    },
  };
}

/** One convolution and one dense layer on MNIST. */
export const fourFilters: ModelSpec = {
  name: 'four-filters',
  input: [1, 28, 28],
  layers: [
    conv2d({ filters: 4, kernelSize: 5 }),
    relu(),
    maxPool2d({ size: 2 }),
    flatten(),
    dense({ units: 10 }),
  ],
};
