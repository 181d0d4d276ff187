#!/usr/bin/env bash
# `npm run test:package`: builds the package, installs it in a fresh Debian 12 (debootstrap), upgrades, removes and purges it; then starts
# systemd in there, in namespaces of its own, and looks whether the unit holds what it promises: the kiosk enrols itself with its
# credential, is ready with its first frame, is ended and started again when it hangs or is killed, and has the readers to itself.
# Central's unit is started there too. As root, two to three minutes. RECARD_DEBIAN_MIRROR names another mirror than the machine's own.
# --install stops before systemd is started: that much is part of `npm test`.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d /var/tmp/recard-install-XXXXXX)
debian=$work/debian
machine=
central=
# Every mount is in a namespace that ends with its last process: nothing is left to be unmounted.
clean() {
  [ -z "$machine" ] || kill -KILL "$machine" 2>/dev/null || true
  [ -z "$central" ] || { kill "$central" 2>/dev/null && wait "$central" 2>/dev/null; } || true
  rm -rf "$work"
}
trap clean EXIT
trap 'exit 1' INT TERM
passed=0
ok() { passed=$((passed + 1)); echo "ok $passed  $*"; }
fail() {
  echo "FAILED: $*" >&2
  [ -z "$machine" ] || inside journalctl --no-pager -n 40 >&2 || true
  [ ! -f "$work/central.log" ] || tail -5 "$work/central.log" >&2
  exit 1
}
until_true() { # SECONDS WHAT COMMAND…
  local seconds=$1 what=$2 end
  shift 2
  end=$((SECONDS + seconds))
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || fail "$what"
    sleep 0.3
  done
  ok "$what"
}
[ "$(id -u)" -eq 0 ] || { echo "recard: as root, for debootstrap" >&2; exit 2; }
command -v debootstrap >/dev/null || apt-get install -y -q debootstrap >/dev/null

node=$root/scripts/node.sh
old=$(bash "$node" "$root/packaging/build.ts" --quick --version 0.0.1 --to "$work")
new=$(bash "$node" "$root/packaging/build.ts" --quick --to "$work")
mirror=${RECARD_DEBIAN_MIRROR:-$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -1)}
packages=systemd,systemd-sysv,libpam-systemd,dbus,pcscd,libccid,libpcsclite1,polkitd,logrotate,kbd
[ "${1:-}" = --install ] || packages=$packages,postgresql-15
debootstrap --variant=minbase "--include=$packages" bookworm "$debian" ${mirror:+"$mirror"} >"$work/debootstrap.log" 2>&1 ||
  { tail -5 "$work/debootstrap.log" >&2; fail "debootstrap"; }
echo '127.0.0.1 localhost' >"$debian/etc/hosts"
cp "$old" "$new" "$debian/root/"
in_debian() { unshare --mount sh -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$debian" "$@"; }
links=$debian/etc/systemd/system/multi-user.target.wants

# --- install, upgrade, remove, purge
in_debian dpkg -i "/root/$(basename "$old")" >/dev/null 2>&1 || fail "installing"
[ "$(in_debian stat -c '%U:%a' /var/lib/recard)" = recard:700 ] || fail "the state folder is the kiosk's alone"
in_debian id -nG recard | grep -qw recard-pcsc || fail "the kiosk is in the group of pcscd"
[ ! -e "$links/kiosk.service" ] || fail "nothing starts before it is enabled"
ok "installing makes users and folders, and enables nothing"
units='kiosk.service kiosk@tty2.service central.service pcscd.socket recard-font-large@tty2.service recard-font-usual@tty2.service'
# shellcheck disable=SC2086
complaints=$(in_debian systemd-analyze verify --man=no $units 2>&1) || fail "systemd-analyze verify: $complaints"
[ -z "$complaints" ] || fail "systemd-analyze verify: $complaints"
ok "systemd understands every unit"
in_debian recard --help | grep -q 'usage: recard' || fail "the program starts"
ok "the program starts"
in_debian systemctl --quiet enable kiosk.service kiosk@tty2.service 2>/dev/null
mkdir -p "$debian/etc/recard" "$debian/var/lib/recard/kiosk"
touch "$debian/var/lib/recard/kiosk/mine" "$debian/var/lib/recard-central/key"
in_debian dpkg -i "/root/$(basename "$new")" >/dev/null 2>&1 || fail "upgrading"
[ -L "$links/kiosk.service" ] && [ -e "$debian/var/lib/recard/kiosk/mine" ] || fail "an upgrade keeps state and what is enabled"
ok "an upgrade keeps state and what is enabled"
in_debian /var/lib/dpkg/info/recard.postinst configure >/dev/null 2>&1 || fail "configuring twice"
ok "configuring twice is harmless"
in_debian dpkg -r recard >/dev/null 2>&1 || fail "removing"
[ -e "$debian/var/lib/recard/kiosk/mine" ] && [ ! -e "$debian/usr/lib/recard" ] || fail "removing keeps state, and no program"
[ ! -L "$links/kiosk.service" ] && [ ! -L "$links/kiosk@tty2.service" ] || fail "removing leaves no unit enabled"
ok "removing keeps the state and leaves nothing to be started"
in_debian dpkg -P recard >/dev/null 2>&1 || fail "purging"
[ ! -e "$debian/var/lib/recard" ] && [ ! -e "$debian/var/log/recard" ] || fail "purging deletes the kiosk's state"
[ -e "$debian/var/lib/recard-central/key" ] || fail "purging deletes nothing of central"
ok "purging deletes the kiosk's state, and nothing of central"
[ "${1:-}" != --install ] || { echo "$passed passed, 0 failed"; exit 0; }
rm -r "$debian/var/lib/recard-central"
in_debian dpkg -i "/root/$(basename "$new")" >/dev/null 2>&1 || fail "installing again"

# --- central, outside, and a kiosk that is to enrol itself
chmod 755 "$work"
mkdir -m 755 "$work/home"
dpkg-deb -x "$new" "$work/outside"
recard() { RECARD_HOME=$work/home "$work/outside/usr/lib/recard/bin/node" "$work/outside/usr/lib/recard/program/recard.js" "$@"; }
RECARD_HOME=$work/home "$work/outside/usr/lib/recard/bin/node" "$work/outside/usr/lib/recard/program/recard.js" \
  central start --name localhost >"$work/central.log" 2>&1 &
central=$!
until_true 60 "central starts from the package" grep -q '^https://localhost' "$work/central.log"
url=$(grep -m1 '^https://localhost' "$work/central.log")
recard central kiosk add lobby --scope all | sed -n 's/^token *//p' >"$debian/etc/recard/enrolment-token@pts-0"
printf 'name = "Lobby"\ncentral_url = "%s"\n' "$url" >"$debian/etc/recard/kiosk@pts-0.toml"

# --- a terminal without a console: the master of a pseudo-terminal, whose picture goes to a file
cat >"$debian/usr/local/sbin/terminal" <<'PERL'
#!/usr/bin/perl
use Fcntl;
sysopen(my $master, '/dev/ptmx', O_RDWR | O_NOCTTY) or die "ptmx: $!";
my ($number, $zero, $size) = (pack('i', 0), pack('i', 0), pack('SSSS', 30, 100, 0, 0));
ioctl($master, 0x40045431, $zero) && ioctl($master, 0x80045430, $number) or die "pts: $!";
ioctl($master, 0x5414, $size) or die "size: $!";
# Held open, so that the kiosk's end does not end it.
sysopen(my $slave, '/dev/pts/' . unpack('i', $number), O_RDWR | O_NOCTTY) or die "slave: $!";
open(my $picture, '>', '/run/terminal.out') or die;
my $bytes;
while (1) { sysread($master, $bytes, 65536) ? syswrite($picture, $bytes) : select(undef, undef, undef, 0.2) }
PERL
chmod 755 "$debian/usr/local/sbin/terminal"
printf '[Service]\nExecStart=/usr/local/sbin/terminal\n' >"$debian/etc/systemd/system/terminal.service"
# A pseudo-terminal does not survive a hang-up; and a test does not wait for a minute.
mkdir "$debian/etc/systemd/system/kiosk@pts-0.service.d"
printf '[Service]\nTTYVHangup=no\nTTYVTDisallocate=no\nWatchdogSec=9\n' >"$debian/etc/systemd/system/kiosk@pts-0.service.d/test.conf"
printf '[Unit]\nRequires=dbus.service\nAfter=dbus.service\n' >"$debian/etc/systemd/system/test.target"

# --- systemd in there, in namespaces of its own; the network is the machine's, for central
cat >"$work/boot" <<'BOOT'
set -eu
cd "$1"
mount --make-rprivate /
mount --bind . .
cd "$1"
mount -t proc proc proc
mount --bind proc/sys proc/sys && mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sysfs sys
if [ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ]; then
  mount -t cgroup2 cgroup2 sys/fs/cgroup
else
  mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup
  mkdir sys/fs/cgroup/systemd sys/fs/cgroup/unified
  mount -t cgroup2 cgroup2 sys/fs/cgroup/unified
  mount -t cgroup -o none,name=systemd cgroup sys/fs/cgroup/systemd
  for one in memory pids cpu devices; do
    mkdir "sys/fs/cgroup/$one"
    mount -t cgroup -o "$one" cgroup "sys/fs/cgroup/$one" 2>/dev/null || rmdir "sys/fs/cgroup/$one"
  done
fi
mount -t tmpfs -o mode=755 tmpfs dev
for one in null zero full random urandom tty; do
  touch "dev/$one"
  mount --bind "/dev/$one" "dev/$one"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
ln -s pts/ptmx dev/ptmx
mount -t tmpfs -o mode=755 tmpfs run
mkdir -p old
pivot_root . old
exec env -i container=recard PATH=/usr/sbin:/usr/bin:/sbin:/bin /bin/sh -c '
  umount -l /old; mount --make-rshared /
  exec /lib/systemd/systemd --unit=test.target --log-target=journal --show-status=0' </dev/null
BOOT
unshare --mount --pid --fork --uts --ipc --cgroup --kill-child bash "$work/boot" "$debian" >"$work/boot.log" 2>&1 &
unshared=$!
until_true 20 "systemd starts" pgrep -P "$unshared" -x systemd
machine=$(pgrep -P "$unshared" -x systemd)
inside() { nsenter -t "$machine" --mount --pid --uts --ipc --cgroup --root --wd -- "$@"; }
until_true 20 "it is up" inside systemctl is-active --quiet dbus.service
unit=kiosk@pts-0.service
show() { inside systemctl show -P "$1" "$unit"; }
is() { [ "$(show "$1")" = "$2" ]; }
main_pid() { show MainPID; }

inside systemctl start terminal.service
until_true 10 "there is a terminal" inside test -c /dev/pts/0
begun=$(date +%s%N)
timeout 60 nsenter -t "$machine" --mount --pid --uts --ipc --cgroup --root --wd -- systemctl start "$unit" || fail "starting the kiosk"
echo "     ready $((($(date +%s%N) - begun) / 1000000)) ms after the start, enrolling included; $(($(show MemoryCurrent) / 1048576)) MiB"
is ActiveState active || fail "the kiosk is ready with its first frame"
ok "the kiosk enrols itself with its credential, and is ready with its first frame"
until_true 20 "it follows central" inside test -s /var/lib/recard/kiosk/replica.sqlite
[ "$(inside stat -c '%U:%a' /var/lib/recard/kiosk/identity.pem)" = recard:600 ] || fail "its key is its own alone"
[ "$(inside stat -c '%G:%a' /run/pcscd/pcscd.comm)" = recard-pcsc:660 ] || fail "pcscd is the kiosk's alone"
inside sh -c "grep -q '^CapBnd:.*0000000000000000' /proc/$(main_pid)/status && grep -q '^Seccomp:.*2' /proc/$(main_pid)/status" ||
  fail "it runs without capabilities, behind a filter of system calls"
inside setpriv --reuid=65534 --regid=65534 --clear-groups perl -MSocket -e \
  'socket(S, AF_UNIX, SOCK_STREAM, 0); exit(connect(S, sockaddr_un("/run/pcscd/pcscd.comm")) ? 1 : 0)' || fail "nobody else may use the readers"
ok "it runs without capabilities; nobody else may use the readers"
signs() { [ "$(show WatchdogTimestampMonotonic)" -gt "$1" ]; }
until_true 10 "it gives signs of life" signs "$(show WatchdogTimestampMonotonic)"

end() { inside sh -c "kill -$1 $2"; }
restarts() { is NRestarts "$1" && is ActiveState active; }
end STOP "$(main_pid)"
until_true 40 "a kiosk that hangs is ended and started again" restarts 1
watcher=$(inside sh -c 'for p in /proc/[0-9]*; do tr "\0" " " <$p/cmdline 2>/dev/null | grep -q pcsc-watcher && basename $p; done; true' | head -1)
end STOP "$watcher"
until_true 40 "one whose reader process hangs, too" restarts 2
end KILL "$(main_pid)"
until_true 20 "one that was killed, too" restarts 3
inside grep -aq $'\033c' /run/terminal.out || fail "the terminal is left as after power on"
ok "the terminal is left as after power on"
findings=$(inside recard doctor --json --config '/etc/recard/kiosk@pts-0.toml' || true)
for subject in runtime card-service card-rights configuration certificate clock central state-rights database core-dumps; do
  grep -q "{\"subject\":\"$subject\",\"verdict\":\"good\"" <<<"$findings" || fail "the doctor finds $subject good: $findings"
done
grep -q '{"subject":"readers","verdict":"wrong","says":"no reader' <<<"$findings" || fail "the doctor misses a reader: $findings"
ok "the doctor finds what is good, and that no reader is there"
inside systemctl stop "$unit"
is Result success || fail "it ends when it is told to"
ok "it ends when it is told to"
# This is no console, and the getty's own condition does not hold; that it was asked for stands in the journal.
getty_asked() { inside journalctl --no-pager -q -u getty@pts-0.service | grep -q getty@pts-0; }
! getty_asked || fail "no login prompt comes while the kiosk is started again, or was stopped"
ok "no login prompt comes while the kiosk is started again, or was stopped"
printf '[Service]\nType=exec\nExecStart=\nExecStart=/usr/lib/recard/bin/node -e process.exit(75)\n' >"$debian/etc/systemd/system/kiosk@pts-0.service.d/left.conf"
inside systemctl daemon-reload
inside systemctl start "$unit" || true
until_true 10 "where an administrator has left it, a login prompt takes the terminal" getty_asked
is NRestarts 0 || fail "a kiosk that was left is not started again"
rm "$debian/etc/systemd/system/kiosk@pts-0.service.d/left.conf"
inside systemctl daemon-reload

# --- central in its unit, with a PostgreSQL of its own
printf 'port = 28443\nhttp_port = 28080\nnames = ["localhost"]\nstate_folder = "/var/lib/recard-central"\n' >"$debian/etc/recard/central.toml"
inside systemctl start central.service || fail "starting central"
as_central() { inside setpriv --reuid=recard-central --regid=recard-central --init-groups recard central "$@"; }
answers() { inside perl -MIO::Socket::INET -e 'exit(IO::Socket::INET->new("127.0.0.1:28443") ? 0 : 1)'; }
until_true 60 "central.service starts, and makes its PostgreSQL" answers
as_central kiosk add lobby --scope all | grep -q '^token' || fail "commands work on central while its unit runs"
ok "commands work on central while its unit runs"
inside sh -c 'kill -KILL $(systemctl show -P MainPID central.service)'
restarted() { [ "$(inside systemctl show -P NRestarts central.service)" = 1 ] && answers; }
until_true 60 "killed, central is started again" restarted
as_central kiosk list | grep -q lobby || fail "what was put on record is there"
inside systemctl stop central.service
[ "$(inside systemctl show -P Result central.service)" = success ] || fail "central ends when it is told to"
ok "central ends when it is told to"

inside dpkg -P recard >/dev/null 2>&1 || fail "purging where systemd runs"
[ "$(inside stat -c '%a' /run/pcscd/pcscd.comm)" = 666 ] || fail "pcscd is open again as Debian has it"
ok "purging where systemd runs gives pcscd back as Debian has it"
echo "$passed passed, 0 failed"
