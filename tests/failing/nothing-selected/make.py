import io, tarfile
with tarfile.open('data.tar', 'w') as t:
    i = tarfile.TarInfo('four')
    i.size = 4
    t.addfile(i, io.BytesIO(b'four'))
