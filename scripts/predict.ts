// pnpm predict RUN
import 'convbook/commands/predict';
