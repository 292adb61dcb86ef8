//! A service about services: what a server has to offer.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::NoError;
use crate::service;
use crate::skeleton::Skeleton;

/// Tells which services and methods a server has, so that a tool can call what it was not compiled with.
///
/// A service like any other: written as a trait, served by a skeleton, called through a stub.
// ANCHOR: reflection
#[service(name = "yrpc.Reflection", version = "1")]
pub trait Reflection {
    /// It never says no.
    type Error;

    /// All services, by key; itself among them.
    fn services(&self) -> Result<Vec<ServiceInfo>, Self::Error>;
}
// ANCHOR_END: reflection

// ANCHOR: info
/// A service, for people and tools.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceInfo {
    /// `group/interface:version`.
    pub key: String,
    /// The type of its own error.
    pub error: String,
    /// Its methods, by name.
    pub methods: Vec<MethodInfo>,
}

/// A method, for people and tools.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodInfo {
    /// Its name.
    pub name: String,
    /// Its arguments.
    pub arguments: Vec<ArgumentInfo>,
    /// The type of its result, in the words of the source code.
    pub returns: String,
}

/// An argument, for people and tools.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArgumentInfo {
    /// Its name.
    pub name: String,
    /// Its type, in the words of the source code.
    pub r#type: String,
}
// ANCHOR_END: info

impl fmt::Display for MethodInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.name)?;
        for (index, argument) in self.arguments.iter().enumerate() {
            write!(f, "{}{}: {}", if index == 0 { "" } else { ", " }, argument.name, argument.r#type)?;
        }
        write!(f, ") -> {}", self.returns)
    }
}

impl From<&Skeleton> for ServiceInfo {
    fn from(skeleton: &Skeleton) -> Self {
        let methods = skeleton.signatures().map(|signature| MethodInfo {
            name: signature.name.into(),
            arguments: signature
                .arguments
                .iter()
                .map(|&(name, r#type)| ArgumentInfo { name: name.into(), r#type: r#type.into() })
                .collect(),
            returns: signature.returns.into(),
        });
        Self { key: skeleton.key().to_string(), error: skeleton.error().into(), methods: methods.collect() }
    }
}

/// What was there when the server started.
struct Directory(Vec<ServiceInfo>);

impl Reflection for Directory {
    type Error = NoError;

    fn services(&self) -> Result<Vec<ServiceInfo>, NoError> {
        Ok(self.0.clone())
    }
}

/// A directory of `skeletons` and of itself.
pub(crate) fn skeleton(skeletons: &[Skeleton]) -> Skeleton {
    let of_itself = reflection_skeleton(Arc::new(Directory(Vec::new())));
    let mut services: Vec<_> = skeletons.iter().chain([&of_itself]).map(ServiceInfo::from).collect();
    services.sort_by(|a, b| a.key.cmp(&b.key));
    reflection_skeleton(Arc::new(Directory(services)))
}
