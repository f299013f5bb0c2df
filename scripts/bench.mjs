import { bootstrap, handOver } from './bootstrap.mjs';

bootstrap();
handOver(['dist/bench/main.js', ...process.argv.slice(2)]);
