// A linear model for coloured glyphs of 64 × 64, the least that photo-net must surpass.
import { defineModel, dense, flatten } from '@convbook/layers';

export default defineModel({ input: [3, 64, 64], layers: [flatten(), dense({ units: 10 })] });
