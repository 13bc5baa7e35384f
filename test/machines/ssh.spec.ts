// The README's recipe for GNU parallel over ssh, with a real sshd: its own port, keys and configuration, all gone after the test. The
// two hosts are this machine twice.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmdirSync } from "node:fs";
import { connect } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { daemon, expectWhole, follow, freePort, machine, USER } from "./machine.ts";

/** Where sshd parts with its rights; it does not start as root without. */
const PRIVILEGE_SEPARATION = "/run/sshd";

test("jobs on two hosts do all files together, and their parts make the whole", async () => {
  const { place, path } = machine();
  const port = await freePort();
  for (const name of ["host-key", "user-key"])
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", place.path(name)]);
  place.write("authorized", place.read("user-key.pub"), { mode: 0o600 });
  place.write(
    "sshd_config",
    `Port ${port}
ListenAddress 127.0.0.1
HostKey ${place.path("host-key")}
AuthorizedKeysFile ${place.path("authorized")}
PidFile none
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
SetEnv PATH=${path} HOME=${place.path("home")}
`,
  );
  place.write(
    "ssh_config",
    `Host host1 host2
  HostName 127.0.0.1
  Port ${port}
  User ${USER}
  IdentityFile ${place.path("user-key")}
  IdentitiesOnly yes
  UserKnownHostsFile ${place.path("known")}
  StrictHostKeyChecking accept-new
  LogLevel ERROR
`,
  );
  if (process.getuid?.() === 0 && !existsSync(PRIVILEGE_SEPARATION)) {
    mkdirSync(PRIVILEGE_SEPARATION, { mode: 0o755 });
    onTestFinished(() => rmdirSync(PRIVILEGE_SEPARATION));
  }
  const sshd = execFileSync("sh", ["-c", "command -v sshd"], { encoding: "utf8" }).trim(); // it wants its whole path
  const server = daemon(sshd, ["-D", "-e", "-f", place.path("sshd_config")], {});
  await vi.waitFor(() => reachable(port), { timeout: 20_000, interval: 50 });
  expect(server.isAlive(), server.said()).toBe(true);

  const { stderr, code } = await follow("parallel-ssh", place, {
    PATH: path,
    HOME: place.path("home"),
    PARALLEL_SSH: `ssh -F ${place.path("ssh_config")}`,
  });
  expect(code, `${stderr}\n${server.said()}`).toBe(0);
  expect(server.said()).toContain("Accepted publickey");
  expect(place.read("report.html")).toContain("<h1>9 files</h1>");
  await expectWhole(place, 8);
});

function reachable(port: number): Promise<void> {
  return new Promise((done, fail) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", fail);
    socket.on("connect", () => {
      socket.destroy();
      done();
    });
  });
}
