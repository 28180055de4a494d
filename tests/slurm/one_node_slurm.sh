#!/usr/bin/env bash
# A Slurm of its own for the tests: one node, this machine, with munged, slurmctld and slurmd in one folder, on free ports
# of the loopback interface. It neither needs nor disturbs another Slurm or munge of the machine. Root only (slurmd starts
# jobs as their users); packages: group `slurm` of sim/cmake/install_packages.sh.
#
# Usage: one_node_slurm.sh up DIR [CPUS]    then: export SLURM_CONF=DIR/slurm.conf
#        one_node_slurm.sh down DIR         stops what `up` has started
set -euo pipefail

usage() { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
(($# >= 2)) || usage
mkdir -p "$2"
dir=$(cd "$2" && pwd)
export SLURM_CONF=$dir/slurm.conf

# One line a port that nobody listens on.
free_ports() {
  python3 - "$1" <<'PYTHON'
import socket, sys
held = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
print(*(s.getsockname()[1] for s in held), sep="\n")
PYTHON
}

write_configuration() {
  local host ports
  host=$(hostname -s)
  mapfile -t ports < <(free_ports 2)
  # cred_expire: a requeued job waits for its credential to expire, 120 s unless told otherwise.
  cat >"$SLURM_CONF" <<CONF
ClusterName=ketsim_test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=${ports[0]}
SlurmdPort=${ports[1]}
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$dir/munge/socket,cred_expire=5
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=1,sched_interval=1,batch_sched_delay=0
PriorityType=priority/basic
JobRequeue=1
KillWait=2
MinJobAge=600
ReturnToService=2
SwitchType=switch/none
MailProg=/bin/true
SlurmdParameters=config_overrides
SlurmctldPidFile=$dir/slurmctld.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdPidFile=$dir/slurmd.pid
SlurmdLogFile=$dir/slurmd.log
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cpus Boards=1 SocketsPerBoard=1 CoresPerSocket=$cpus ThreadsPerCore=1 RealMemory=1000
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
}

# await WHAT COMMAND...: until the command succeeds, ten seconds at most.
await() {
  local what=$1
  shift
  for ((attempt = 0; attempt < 100; ++attempt)); do
    if "$@" >/dev/null 2>&1; then return 0; fi
    sleep 0.1
  done
  echo "one_node_slurm.sh: $what does not answer; the last lines of its log:" >&2
  tail -n 20 "$dir/$what.log" >&2 || true
  return 1
}

controller_is_up() { scontrol ping | grep -q 'is UP'; }
node_is_up() { sinfo -h -o %T | grep -qE '^(idle|mixed|allocated)$'; }

start() {
  ((EUID == 0)) || { echo "one_node_slurm.sh: needs root" >&2; exit 1; }
  chmod 755 "$dir"
  mkdir -p "$dir"/{state,spool,munge}
  dd if=/dev/urandom of="$dir/munge/key" bs=1024 count=1 status=none
  chmod 600 "$dir/munge/key"
  write_configuration
  # --force: the folder may lie below one that others may write to, as /tmp.
  munged --force --key-file="$dir/munge/key" --socket="$dir/munge/socket" --pid-file="$dir/munged.pid" \
    --log-file="$dir/munged.log" --seed-file="$dir/munge/seed" 2>/dev/null
  await munged munge --socket="$dir/munge/socket" --no-input
  slurmctld -f "$SLURM_CONF"
  await slurmctld controller_is_up
  slurmd -f "$SLURM_CONF"
  await slurmd node_is_up
}

# Not `kill -0`: what has ended may stay as a zombie for seconds, where the first process of a container is slow to reap.
is_running() { grep -qsE '^State:[[:space:]]+[^ZX]' "/proc/$1/status"; }

stop() {
  local daemon pid
  for daemon in slurmd slurmctld munged; do
    [[ -s "$dir/$daemon.pid" ]] || continue
    pid=$(<"$dir/$daemon.pid")
    kill "$pid" 2>/dev/null || continue
    for ((attempt = 0; attempt < 100; ++attempt)); do
      is_running "$pid" || break
      sleep 0.1
    done
  done
}

case $1 in
  up)
    cpus=${3:-$(nproc)}
    start || { stop; exit 1; }
    ;;
  down) stop ;;
  *) usage ;;
esac
