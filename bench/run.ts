import { setTimeout as sleep } from 'node:timers/promises';
import { readCpuTimes, spentBetween } from './cpu';
import { readHistories } from './histories';
import type { Flow } from './load/messages';
import type { LoadGenerator } from './load-generator';
import { describeCommit, describeMachine } from './machine';
import { VARIANTS, type Level, type Plan, type Variant } from './plan';
import type { BenchResult, Figures, Latency, Leg, LevelResult } from './results';
import type { Stage } from './stage';
import { figuresOf, round } from './statistics';
import type { Tell } from '../scripts/setup/missing-part';

/** What a flow leaves to do after its last answer still belongs to it. */
const SETTLE_MS = 500;

const SAMPLED_HISTORIES = 20;

export interface Run {
  stage: Stage;
  load: LoadGenerator;
  plan: Plan;
  quick: boolean;
  tell: Tell;
}

interface FinishedLeg {
  leg: Leg;
  flows: Flow[];
}

/** Warms both variants up and lets them take turns at every level. */
export async function runPlan(run: Run): Promise<BenchResult> {
  const { plan, stage, tell } = run;
  const about = { startedAt: new Date().toISOString(), quick: run.quick, commit: describeCommit() };
  const machine = describeMachine();
  for (const variant of VARIANTS) {
    await runLeg(run, { concurrency: 8, variant, round: 0, flows: plan.warmUpFlows });
  }
  const legs: FinishedLeg[] = [];
  for (const level of plan.levels) {
    for (const turn of turnsOf(level, plan)) {
      const finished = await runLeg(run, turn);
      legs.push(finished);
      const { leg } = finished;
      tell(`${leg.variant} at ${leg.concurrency}, round ${leg.round}: ${leg.flowsPerSecond} flows/s`);
    }
  }
  const durable = legs.filter(({ leg }) => leg.variant === 'durable').flatMap(({ flows }) => flows);
  return {
    ...about,
    machine,
    plan,
    levels: plan.levels.map(({ concurrency }) => levelResultOf(concurrency, legs)),
    history: await readHistories(
      stage,
      spread(durable).map(({ consentId }) => consentId),
    ),
    legs: legs.map(({ leg }) => leg),
  };
}

type Turn = Pick<Leg, 'concurrency' | 'variant' | 'round' | 'flows'>;

/** A B, B A, A B, …: whoever goes first has no advantage either. */
function turnsOf({ concurrency, flows }: Level, { rounds }: Plan): Turn[] {
  return Array.from({ length: rounds }, (_, index) => index + 1).flatMap((round) => {
    const order = round % 2 === 1 ? VARIANTS : [...VARIANTS].reverse();
    return order.map((variant) => ({ concurrency, variant, round, flows: Math.ceil(flows / rounds) }));
  });
}

async function runLeg({ stage, load }: Run, turn: Turn): Promise<FinishedLeg> {
  const processes = { ...stage.pids(), load: load.pid };
  const before = readCpuTimes(processes);
  const { flows, concurrency } = turn;
  const report = await load.run({ target: stage.targets[turn.variant], flows, concurrency });
  await sleep(SETTLE_MS);
  const leg = {
    ...turn,
    elapsedMs: round(report.elapsedMs),
    flowsPerSecond: round((flows / report.elapsedMs) * 1000),
    cpuMs: spentBetween(before, readCpuTimes(processes)),
  };
  return { leg, flows: report.flows };
}

function levelResultOf(concurrency: number, legs: readonly FinishedLeg[]): LevelResult {
  const figures = (variant: Variant): Figures => {
    const own = legs.filter(({ leg }) => leg.concurrency === concurrency && leg.variant === variant);
    const times = own.flatMap(({ flows }) => flows.map((flow) => flow.times));
    return figuresOf(
      own.map(({ leg }) => leg),
      times,
    );
  };
  const [handRolled, durable] = [figures('hand-rolled'), figures('durable')];
  const ratioOf = (part: 'requestToLaunchUrl' | 'launchToBankUrl' | 'callbackToReceipt'): Latency => ({
    p50: round(durable.latencyMs[part].p50 / handRolled.latencyMs[part].p50, 2),
    p99: round(durable.latencyMs[part].p99 / handRolled.latencyMs[part].p99, 2),
  });
  return {
    concurrency,
    variants: { 'hand-rolled': handRolled, durable },
    ratios: {
      flowsPerSecond: round(durable.flowsPerSecond / handRolled.flowsPerSecond, 2),
      requestToLaunchUrl: ratioOf('requestToLaunchUrl'),
      launchToBankUrl: ratioOf('launchToBankUrl'),
      callbackToReceipt: ratioOf('callbackToReceipt'),
    },
  };
}

/** Evenly over the whole run, so that every level is in the sample. */
function spread(flows: readonly Flow[]): Flow[] {
  const step = Math.max(Math.floor(flows.length / SAMPLED_HISTORIES), 1);
  return flows.filter((_, index) => index % step === 0).slice(0, SAMPLED_HISTORIES);
}
