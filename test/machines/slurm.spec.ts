// The README's recipe for Slurm, with a real controller and one node, which live in the folder of the test and end with it.
import { hostname } from "node:os";
import { expect, test, vi } from "vitest";
import { recipe } from "../cli/recipes.ts";
import { daemon, expectWhole, freePort, machine, USER } from "./machine.ts";

test("a job array does all files together, and its parts make the whole", async () => {
  const { place, path } = machine();
  for (const folder of ["slurm/state", "slurm/spool"]) place.makeDirectory(folder);
  const at = (name: string) => place.path(`slurm/${name}`);
  // No munge: whoever can reach the ports of this test may start jobs, for as long as it runs.
  place.write(
    "slurm/slurm.conf",
    `ClusterName=test
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${await freePort()}
SlurmdPort=${await freePort()}
SlurmUser=${USER}
SlurmdUser=${USER}
AuthType=auth/none
CredType=cred/none
StateSaveLocation=${at("state")}
SlurmdSpoolDir=${at("spool")}
SlurmctldPidFile=${at("slurmctld.pid")}
SlurmdPidFile=${at("slurmd.pid")}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SchedulerParameters=sched_interval=1,batch_sched_delay=0
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=8
PartitionName=all Nodes=ALL Default=YES State=UP
`,
  );
  const env = { PATH: path, HOME: place.path("home"), SLURM_CONF: at("slurm.conf") };
  const controller = daemon("slurmctld", ["-D"], env);
  const node = daemon("slurmd", ["-D"], env);
  const state = async () => (await place.shell("sinfo --noheader --format %t", { env })).stdout.trim();
  await vi.waitFor(async () => expect(await state()).toBe("idle"), { timeout: 60_000, interval: 500 });

  place.write("report.sh", recipe("slurm"));
  const { stderr, code } = await place.shell("sbatch --wait report.sh", { env });
  const said = place
    .files()
    .filter((name) => name.endsWith(".out"))
    .map((name) => place.read(name));
  expect(code, [stderr, ...said, controller.said(), node.said()].join("\n")).toBe(0);
  expect(said.join("")).toBe("");
  await expectWhole(place, Number(/--array=1-(\d+)/.exec(recipe("slurm"))?.[1]));
});
