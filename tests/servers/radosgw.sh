#!/usr/bin/env bash
# Ceph radosgw over one monitor and one store in memory.   tests/servers/radosgw.sh ID SECRET; see server.sh
. "$(dirname "$0")/server.sh"
need radosgw
need ceph-mon
need ceph-osd

read -r port monitor <<<"$(free_ports 2)"
fsid=$(</proc/sys/kernel/random/uuid)
osd=$(</proc/sys/kernel/random/uuid)
mkdir "$folder"/{mon,osd,rgw}
cat >"$folder/ceph.conf" <<CONF
[global]
fsid = $fsid
mon host = v2:127.0.0.1:$monitor
public addr = 127.0.0.1
cluster addr = 127.0.0.1
keyring = $folder/keyring
run dir = $folder
admin socket = $folder/\$name.\$pid.asok
log file = $folder/\$name.log
auth allow insecure global id reclaim = false
paxos propose interval = 0.05
paxos min wait = 0.01
mon allow pool size one = true
mon max pg per osd = 10000
# The disk belongs to others, and its fullness is not the matter here.
mon data avail crit = 1
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
[mon.a]
mon data = $folder/mon
[osd.0]
osd data = $folder/osd
osd objectstore = memstore
memstore device bytes = 536870912
[client.rgw]
rgw data = $folder/rgw
rgw frontends = beast endpoint=127.0.0.1:$port
rgw dns name = s3.localhost
rgw thread pool size = 16
rgw run sync thread = false
rgw enable gc threads = false
rgw enable lc threads = false
rgw enable quota threads = false
CONF
export CEPH_CONF=$folder/ceph.conf

{
    ceph-authtool --create-keyring "$folder/keyring" --gen-key --name mon. --cap mon 'allow *'
    for name in client.admin osd.0 client.rgw; do
        ceph-authtool "$folder/keyring" --gen-key --name "$name" --cap mon 'allow *' --cap osd 'allow *'
    done
    monmaptool --create --fsid "$fsid" --addv a "[v2:127.0.0.1:$monitor]" "$folder/monmap"
    ceph-mon --id a --mkfs --monmap "$folder/monmap" --keyring "$folder/keyring"
} >>"$folder/setup.log" 2>&1
start mon ceph-mon --id a --foreground
wait_for listens "$monitor"
timeout 30 ceph osd new "$osd" >>"$folder/setup.log" 2>&1
ceph-osd --id 0 --mkfs --osd-uuid "$osd" >>"$folder/setup.log" 2>&1
start osd ceph-osd --id 0 --foreground
start radosgw radosgw --name client.rgw --foreground
wait_for listens "$port"
timeout 30 radosgw-admin user create --uid tests --display-name tests --access-key "$1" --secret "$2" >>"$folder/setup.log" 2>&1
serve "$port"
