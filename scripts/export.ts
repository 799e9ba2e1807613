// pnpm export RUN --format F
import 'convbook/commands/export';
