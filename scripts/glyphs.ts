// pnpm glyphs FOLDER
import '../test/harness/glyphs/glyphs.ts';
