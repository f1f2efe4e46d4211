"""An authority of our own and a certificate for this machine, made anew for a run of tests."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAMES = [x509.DNSName("localhost")]


class Trust:
    """`authority` is the file that a client trusts; `served` what a server of ours shows."""

    def __init__(self, folder: Path) -> None:
        self.authority = folder / "authority.pem"
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = _name("Tests")
        root = _signed(issuer, issuer, key, key, x509.BasicConstraints(ca=True, path_length=0))
        self.authority.write_bytes(root.public_bytes(serialization.Encoding.PEM))
        own = ec.generate_private_key(ec.SECP256R1())
        constraint = x509.BasicConstraints(ca=False, path_length=None)
        leaf = _signed(_name("localhost"), issuer, own, key, constraint)
        shown = folder / "server.pem"
        shown.write_bytes(leaf.public_bytes(serialization.Encoding.PEM) + _secret(own))
        self.served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.served.load_cert_chain(shown)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _secret(key: ec.EllipticCurvePrivateKey) -> bytes:
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)


def _signed(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    by: ec.EllipticCurvePrivateKey,
    constraint: x509.BasicConstraints,
) -> x509.Certificate:
    now = datetime.now(UTC)
    signing = constraint.ca
    usage = x509.KeyUsage(True, False, False, False, False, signing, signing, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(constraint, critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectAlternativeName(NAMES), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False
        )
        .sign(by, hashes.SHA256())
    )
